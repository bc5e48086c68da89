import { z } from '@hono/zod-openapi';

export const preferHeader = z
  .string()
  .optional()
  .meta({ description: 'wait=N holds the response back until the job is done, for N seconds at most.' });

/** What `parseIdempotencyKey` accepts: bare, without space at its ends, or in quotes. */
const IDEMPOTENCY_KEY = '^(?:[!#-~](?:[ -~]{0,253}[!-~])?|"(?:[ !#-\\[\\]-~]|\\\\["\\\\]){1,255}")$';

export const idempotencyKeyHeader = z.string().optional().meta({
  description: 'Up to 255 printable characters: the same key with the same request is the same job.',
  pattern: IDEMPOTENCY_KEY,
});

export const submitHeaders = z.object({ Prefer: preferHeader, 'Idempotency-Key': idempotencyKeyHeader });
