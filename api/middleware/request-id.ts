import { createMiddleware } from 'hono/factory';
import type { Random } from '../../shared/ports/clock.ts';
import type { ApiEnv } from '../http/api-app.ts';
import { setHeader } from '../http/reply.ts';

const VALID = /^[A-Za-z0-9._-]{1,128}$/;

/** Every request has an id, the caller's where it gave a usable one, and its response says it. */
export function requestId(random: Random) {
  return createMiddleware<ApiEnv>((c, next) => {
    const given = c.req.header('X-Request-Id');
    const id = given !== undefined && VALID.test(given) ? given : random.id();
    c.set('requestId', id);
    setHeader(c, 'x-request-id', id);
    return next();
  });
}
