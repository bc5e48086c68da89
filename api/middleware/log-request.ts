import type { Log } from '../../shared/log.ts';
import type { ApiContext } from '../http/api-app.ts';
import { toProblemError } from '../http/problem-response.ts';

/**
 * What only reads, and was served, would drown everything else: clients poll, and load balancers ask every few
 * seconds. The metrics count them.
 */
function levelOf(status: number, method: string): 'error' | 'debug' | 'info' {
  if (status >= 500) return 'error';
  return status < 400 && (method === 'GET' || method === 'HEAD') ? 'debug' : 'info';
}

/** What is worth keeping of an error that became a response: its code, and what stood behind it where that was ours. */
function describe(error: Error | undefined, status: number): Record<string, unknown> {
  if (!error) return {};
  const { code, cause } = toProblemError(error);
  return status >= 500 && cause !== undefined ? { code, err: cause } : { code };
}

/** One wide event a request, with the route's pattern for its path: no question, no key, no query. */
export function logRequest(
  log: Log,
  c: ApiContext,
  served: { method: string; route: string; status: number },
  durationMs: number,
): void {
  const level = levelOf(served.status, served.method);
  if (!log.isLevelEnabled(level)) return;
  log[level](
    {
      ...served,
      duration_ms: Math.round(durationMs),
      client: c.get('client'),
      job_id: c.get('jobId'),
      request_id: c.get('requestId'),
      trace_id: c.get('traceId'),
      ...describe(c.error, served.status),
    },
    'request',
  );
}
