import { createMiddleware } from 'hono/factory';
import type { Random } from '../../shared/ports/clock.ts';
import type { ApiEnv } from '../http/api-app.ts';

const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(?:-.*)?$/;

/** The trace id of a traceparent header (W3C Trace Context, level 1); undefined where it is not valid. */
export function traceIdOf(traceparent: string | undefined): string | undefined {
  const [whole, traceId] = TRACEPARENT.exec(traceparent ?? '') ?? [];
  // Version 00 has four fields and no more; later ones may have others after them.
  if (whole?.startsWith('00') && whole.length !== 55) return undefined;
  return traceId;
}

/** A request belongs to its caller's trace, or begins one; the job that it makes carries it on. */
export function traceContext(random: Random) {
  return createMiddleware<ApiEnv>(async (c, next) => {
    c.set('traceId', traceIdOf(c.req.header('traceparent')) ?? random.id());
    await next();
  });
}
