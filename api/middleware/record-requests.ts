import { createMiddleware } from 'hono/factory';
import { routePath } from 'hono/route';
import type { ApiDeps } from '../deps.ts';
import type { ApiEnv } from '../http/api-app.ts';
import { logRequest } from './log-request.ts';

/** Counts, times and logs every request by its route's pattern; a stream is timed until its headers are ready. */
export function recordRequests({ meters, log, clock }: Pick<ApiDeps, 'meters' | 'log' | 'clock'>) {
  return createMiddleware<ApiEnv>(async (c, next) => {
    const began = clock.monotonic();
    await next();
    const durationMs = clock.monotonic() - began;
    const served = { method: c.req.method, route: routePath(c, -1), status: c.res.status };
    const labels = { method: served.method, route: served.route, status: String(served.status) };
    meters.observe('iscoolgpt_http_request_seconds', labels, durationMs / 1000);
    logRequest(log, c, served, durationMs);
  });
}
