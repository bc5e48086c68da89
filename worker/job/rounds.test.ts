import fc from 'fast-check';
import { expect, test } from 'vitest';
import { VirtualClock } from '../../shared/adapters/memory/virtual-clock.ts';
import { BUSY_JOBS, MAX_ROUND_MS, ROUND_SHARE, Rounds } from './rounds.ts';

interface Arrival {
  at: number;
  callMs: number;
}

/** When each of those who arrive at these milliseconds goes on. */
async function goOnAt(arrivals: readonly Arrival[], jobs: () => number): Promise<number[]> {
  const clock = new VirtualClock();
  const begin = clock.monotonic();
  const rounds = new Rounds(clock, jobs);
  const went = arrivals.map(async ({ at, callMs }) => {
    await clock.sleep(at);
    await rounds.join(callMs);
    return clock.monotonic() - begin;
  });
  await clock.advance(1_000);
  return Promise.all(went);
}

const latestOf = ({ at, callMs }: Arrival): number => at + Math.min(MAX_ROUND_MS, ROUND_SHARE * callMs);

const arrivals = fc.array(
  fc.record({ at: fc.integer({ min: 1, max: 400 }), callMs: fc.integer({ min: 10, max: 3_000 }) }),
  { minLength: 1, maxLength: 40 },
);

test('where few jobs are under way, nobody waits', async () => {
  await fc.assert(
    fc.asyncProperty(arrivals, async (arrived) => {
      expect(await goOnAt(arrived, () => BUSY_JOBS - 1)).toEqual(arrived.map(({ at }) => at));
    }),
  );
});

test('where many are, each goes on with all who came before, as soon as one of them can wait no longer', async () => {
  await fc.assert(
    fc.asyncProperty(arrivals, async (arrived) => {
      const went = await goOnAt(arrived, () => BUSY_JOBS);
      for (const [index, one] of arrived.entries()) {
        const at = went[index] as number;
        // Of two that fall on one moment, either may be the first.
        const before = arrived.filter((other, place) => other.at < at && (went[place] as number) >= at);
        expect(at).toBeGreaterThanOrEqual(one.at);
        expect(at).toBeCloseTo(Math.min(...[...before, one].map(latestOf)), 6);
        const during = went.filter((_, place) => {
          const { at: came } = arrived[place] as Arrival;
          return one.at < came && came < at;
        });
        expect(new Set([at, ...during])).toEqual(new Set([at]));
      }
    }),
  );
});

test('a round that was begun ends, though the jobs become few meanwhile', async () => {
  let jobs = BUSY_JOBS;
  const counted = () => jobs--;
  const [first, second] = [10, 20].map((at) => ({ at, callMs: 1_000 })) as [Arrival, Arrival];
  expect(await goOnAt([first, second], counted)).toEqual([35, 20]);
});
