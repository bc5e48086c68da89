import { bodyLimit as limitBody } from 'hono/body-limit';
import { createMiddleware } from 'hono/factory';
import { ProblemError } from '../../shared/contract/problem.ts';
import type { ApiContext, ApiEnv } from '../http/api-app.ts';

/** The length that a body is declared to have; undefined where it is told by its chunks, or not at all. */
function declaredBytes(c: ApiContext): number | undefined {
  if (c.req.header('Transfer-Encoding') !== undefined) return undefined;
  const length = c.req.header('Content-Length');
  return length === undefined ? undefined : Number.parseInt(length, 10);
}

/**
 * Refuses a body that is too large before it is parsed; one of no declared length is counted as it arrives.
 * Only for that is the body looked at here: the look makes a whole Request of it, with streams, a quarter of what
 * a submit costs. A GET has none.
 */
export function bodyLimit(maxBytes: number) {
  const tooLarge = () => {
    throw new ProblemError('payload_too_large', `The body may have at most ${maxBytes} bytes.`);
  };
  const limitUndeclared = limitBody({ maxSize: maxBytes, onError: tooLarge });
  return createMiddleware<ApiEnv>((c, next) => {
    if (c.req.method === 'GET') return next();
    const bytes = declaredBytes(c);
    if (bytes === undefined) return limitUndeclared(c, next);
    return bytes > maxBytes ? tooLarge() : next();
  });
}
