import { createMiddleware } from 'hono/factory';
import { ProblemError } from '../../shared/contract/problem.ts';
import type { ApiEnv } from '../http/api-app.ts';
import { setHeader } from '../http/reply.ts';

/** A body is read as it stands: one that is compressed could be of any size once it is not. */
export function bodyCoding() {
  return createMiddleware<ApiEnv>((c, next) => {
    const coding = c.req.header('Content-Encoding')?.trim().toLowerCase() ?? 'identity';
    if (c.req.method === 'POST' && coding !== 'identity' && coding !== '') {
      setHeader(c, 'accept-encoding', 'identity');
      throw new ProblemError(
        'unsupported_media_type',
        'Send the body uncompressed, without Content-Encoding.',
      );
    }
    return next();
  });
}
