import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { VirtualClock } from '../../shared/adapters/memory/virtual-clock.ts';
import { RateLimiter } from './rate-limiter.ts';

describe('RateLimiter', () => {
  test('in any time t admits at most q + q·t/60 s, and what it says of the future holds', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 20 }),
        fc.array(fc.integer({ min: 0, max: 30_000 }), { minLength: 1, maxLength: 60 }),
        async (perMinute, pauses) => {
          const clock = new VirtualClock();
          const limiter = new RateLimiter({ perMinute, clock });
          const admittedAt: number[] = [];
          for (const pauseMs of pauses) {
            await clock.advance(pauseMs);
            const { admitted, remaining, retryAfterSeconds, resetSeconds } = limiter.take('alice');
            if (admitted) admittedAt.push(clock.monotonic());
            expect(remaining).toBeLessThan(perMinute);
            expect(resetSeconds).toBeGreaterThanOrEqual(retryAfterSeconds);
            if (!admitted) expect(retryAfterSeconds).toBeGreaterThan(0);
          }
          for (const [i, from] of admittedAt.entries()) {
            for (const [j, to] of admittedAt.entries()) {
              if (j < i) continue;
              const allowed = perMinute + (perMinute * (to - from)) / 60_000;
              expect(j - i + 1).toBeLessThanOrEqual(allowed + 1e-6);
            }
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  test('who waits as long as was said is admitted', async () => {
    const clock = new VirtualClock();
    const limiter = new RateLimiter({ perMinute: 7, clock });
    for (let i = 0; i < 50; i += 1) {
      const { admitted, retryAfterSeconds } = limiter.take('alice');
      if (admitted) continue;
      await clock.advance(retryAfterSeconds * 1000);
      expect(limiter.take('alice').admitted).toBe(true);
    }
  });

  test('remembers so many clients at most, those that asked last', () => {
    const limiter = new RateLimiter({ perMinute: 1, clock: new VirtualClock(), maxClients: 2 });
    for (const client of ['a', 'b', 'a', 'c']) limiter.take(client);
    expect(limiter.clients).toBe(2);
    expect(limiter.take('a').admitted).toBe(false);
  });
});
