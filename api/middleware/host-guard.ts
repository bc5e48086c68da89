import { createMiddleware } from 'hono/factory';
import { ProblemError } from '../../shared/contract/problem.ts';
import type { ApiEnv } from '../http/api-app.ts';

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])$/;

/**
 * Without keys, being on this machine is what lets a caller in. A page on the web that had its own name
 * resolved to this machine (DNS rebinding) gives itself away by the Host that its browser sends.
 */
export function hostGuard() {
  return createMiddleware<ApiEnv>(async (c, next) => {
    const { hostname } = new URL(c.req.url);
    if (!LOOPBACK.test(hostname)) {
      throw new ProblemError(
        'misdirected',
        'Without API keys only localhost, 127.0.0.1 and [::1] are served.',
      );
    }
    await next();
  });
}
