import fc from 'fast-check';
import { expect, test } from 'vitest';
import { VirtualClock } from '../../shared/adapters/memory/virtual-clock.ts';
import { BUSY_JOBS, ROUND_MS, Rounds } from './rounds.ts';

/** When each of those who arrive at these milliseconds goes on. */
async function goOnAt(arrivals: readonly number[], jobs: () => number): Promise<number[]> {
  const clock = new VirtualClock();
  const begin = clock.monotonic();
  const rounds = new Rounds(clock, jobs);
  const went = arrivals.map(async (ms) => {
    await clock.sleep(ms);
    await rounds.join();
    return clock.monotonic() - begin;
  });
  await clock.advance(1_000);
  return Promise.all(went);
}

const arrivals = fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 40 });

test('where few jobs are under way, nobody waits', async () => {
  await fc.assert(
    fc.asyncProperty(arrivals, async (times) => {
      expect(await goOnAt(times, () => BUSY_JOBS - 1)).toEqual(times);
    }),
  );
});

test('where many are, all go on together with those who came in the same round, none later than it takes', async () => {
  await fc.assert(
    fc.asyncProperty(arrivals, async (times) => {
      const went = await goOnAt(times, () => BUSY_JOBS);
      for (const [index, at] of went.entries()) {
        const waited = at - (times[index] as number);
        expect(waited).toBeGreaterThanOrEqual(0);
        expect(waited).toBeLessThanOrEqual(ROUND_MS);
      }
      const rounds = [...new Set(went)].sort((a, b) => a - b);
      for (const [index, at] of rounds.entries())
        expect(at - (rounds[index - 1] ?? Number.NEGATIVE_INFINITY)).toBeGreaterThanOrEqual(ROUND_MS);
    }),
  );
});

test('a round that was begun ends, though the jobs become few meanwhile', async () => {
  let jobs = BUSY_JOBS;
  const counted = () => jobs--;
  expect(await goOnAt([10, 20], counted)).toEqual([35, 20]);
});
