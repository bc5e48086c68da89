import { createMiddleware } from 'hono/factory';
import { routePath } from 'hono/route';
import type { Clock } from '../../shared/ports/clock.ts';
import type { ApiEnv } from '../http/api-app.ts';
import type { ApiMeters } from '../metrics.ts';

/** Counts and times every request by its route's pattern; a stream is timed until its headers are ready. */
export function countRequests(meters: ApiMeters, clock: Clock) {
  return createMiddleware<ApiEnv>(async (c, next) => {
    const began = clock.monotonic();
    await next();
    const labels = { method: c.req.method, route: routePath(c, -1), status: String(c.res.status) };
    meters.observe('iscoolgpt_http_request_seconds', labels, (clock.monotonic() - began) / 1000);
  });
}
