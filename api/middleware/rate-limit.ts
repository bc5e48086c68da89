import { createMiddleware } from 'hono/factory';
import { ProblemError } from '../../shared/contract/problem.ts';
import type { ApiDeps } from '../deps.ts';
import type { ApiEnv } from '../http/api-app.ts';
import { setHeader } from '../http/reply.ts';
import { RateLimiter } from './rate-limiter.ts';

/** Limits submits and merges a client, in this process, and says so (draft-ietf-httpapi-ratelimit-headers). */
export function rateLimit(perMinute: number, { clock, meters }: Pick<ApiDeps, 'clock' | 'meters'>) {
  const limiter = new RateLimiter({ perMinute, clock });
  return createMiddleware<ApiEnv>((c, next) => {
    const verdict = limiter.take(c.get('client'));
    setHeader(c, 'ratelimit-policy', `"submit";q=${perMinute};w=60`);
    setHeader(c, 'ratelimit', `"submit";r=${verdict.remaining};t=${verdict.resetSeconds}`);
    if (!verdict.admitted) {
      meters.count('iscoolgpt_submits_total', { outcome: 'rate_limited' });
      throw new ProblemError('rate_limited', `At most ${perMinute} submits a minute are accepted.`, {
        retryAfterSeconds: verdict.retryAfterSeconds,
      });
    }
    return next();
  });
}
