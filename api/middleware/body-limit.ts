import { bodyLimit as limitBody } from 'hono/body-limit';
import { createMiddleware } from 'hono/factory';
import { ProblemError } from '../../shared/contract/problem.ts';
import type { ApiEnv } from '../http/api-app.ts';

/** Refuses a body that is too large before it is parsed; one of no declared length is counted as it arrives. */
export function bodyLimit(maxBytes: number) {
  const limit = limitBody({
    maxSize: maxBytes,
    onError: () => {
      throw new ProblemError('payload_too_large', `The body may have at most ${maxBytes} bytes.`);
    },
  });
  // A GET has no body, and the look at it would make a whole Request of it: a tenth of what a poll costs.
  return createMiddleware<ApiEnv>((c, next) => (c.req.method === 'GET' ? next() : limit(c, next)));
}
