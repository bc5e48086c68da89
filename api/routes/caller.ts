import { ProblemError } from '../../shared/contract/problem.ts';
import { hashOf } from '../../shared/job/ids.ts';
import type { ApiContext } from '../http/api-app.ts';
import { parseIdempotencyKey } from '../http/idempotency-key.ts';
import { canonicalJson, hasLoneSurrogate } from '../jobs/canonical-json.ts';
import type { Caller } from '../jobs/plan-job.ts';

/**
 * Who asks for a new job, and a hash of what. The hash is that of the body as it was sent, defaults not filled in:
 * a client that tries again after a deployment that knows more fields still sends the same.
 */
export async function callerOf(c: ApiContext, ...purpose: string[]): Promise<Caller> {
  const text = await c.req.text();
  const body: unknown = JSON.parse(text);
  // Bytes that are no UTF-8 were replaced as they were read: only an escape can name half of a pair.
  if (text.includes('\\u') && hasLoneSurrogate(body)) {
    throw new ProblemError(
      'invalid_request',
      'The body holds half of a surrogate pair, which is no character.',
    );
  }
  return {
    client: c.get('client'),
    traceId: c.get('traceId'),
    idempotencyKey: parseIdempotencyKey(c.req.header('Idempotency-Key')),
    payloadHash: hashOf(...purpose, canonicalJson(body)),
  };
}
