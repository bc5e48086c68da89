import { createMiddleware } from 'hono/factory';
import { routePath } from 'hono/route';
import type { Log } from '../../shared/log.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { ApiEnv } from '../http/api-app.ts';
import { toProblemError } from '../http/problem-response.ts';

/** Asked every few seconds by whoever watches the service: they would drown everything else. */
const ROUTINE = ['/health', '/ready'];

function levelOf(status: number, route: string): 'error' | 'debug' | 'info' {
  if (status >= 500) return 'error';
  return ROUTINE.includes(route) ? 'debug' : 'info';
}

/** What is worth keeping of an error that became a response: its code, and what stood behind it where that was ours. */
function describe(error: Error | undefined, status: number): Record<string, unknown> {
  if (!error) return {};
  const { code, cause } = toProblemError(error);
  return status >= 500 && cause !== undefined ? { code, err: cause } : { code };
}

/** One wide event a request, with the route's pattern for its path: no question, no key, no query. */
export function accessLog(log: Log, clock: Clock) {
  return createMiddleware<ApiEnv>(async (c, next) => {
    const began = clock.monotonic();
    await next();
    const route = routePath(c, -1);
    const { status } = c.res;
    log[levelOf(status, route)](
      {
        method: c.req.method,
        route,
        status,
        duration_ms: Math.round(clock.monotonic() - began),
        client: c.get('client'),
        job_id: c.get('jobId'),
        request_id: c.get('requestId'),
        trace_id: c.get('traceId'),
        ...describe(c.error, status),
      },
      'request',
    );
  });
}
