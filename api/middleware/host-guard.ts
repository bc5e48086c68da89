import { createMiddleware } from 'hono/factory';
import { ProblemError } from '../../shared/contract/problem.ts';
import type { ApiEnv } from '../http/api-app.ts';

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])$/;

/** Such an address in the words that callers use: it need not be taken apart, which is a part of what a poll costs. */
const PLAINLY_LOOPBACK = /^https?:\/\/(localhost|127\.0\.0\.1)(:\d+)?\//;

function isLoopback(url: string): boolean {
  return PLAINLY_LOOPBACK.test(url) || LOOPBACK.test(new URL(url).hostname);
}

/**
 * Without keys, being on this machine is what lets a caller in. A page on the web that had its own name
 * resolved to this machine (DNS rebinding) gives itself away by the Host that its browser sends.
 */
export function hostGuard() {
  return createMiddleware<ApiEnv>((c, next) => {
    if (!isLoopback(c.req.url)) {
      throw new ProblemError(
        'misdirected',
        'Without API keys only localhost, 127.0.0.1 and [::1] are served.',
      );
    }
    return next();
  });
}
