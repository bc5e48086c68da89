import fc from 'fast-check';
import { it } from 'vitest';
import { type Schedule, schedules } from './schedule.ts';
import { World } from './world.ts';

/** The same ones each time: `npm run simulate` draws others. */
const SEED = 20260101;

async function live(schedule: Schedule): Promise<void> {
  await new World(schedule).run();
}

it('1,000 schedules of crashes, losses, freezes and skew break no promise', async () => {
  await fc.assert(fc.asyncProperty(schedules, live), { numRuns: 1000, seed: SEED });
}, 180_000);

it('failure mode 16: an API that dies between any two writes leaves no accepted job behind', async () => {
  const dying = schedules.map((schedule) => ({
    ...schedule,
    jobs: schedule.jobs.map((job, index) => ({ ...job, apiDiesAt: 1 + (index % 6) })),
  }));
  await fc.assert(fc.asyncProperty(dying, live), { numRuns: 200, seed: SEED });
}, 60_000);

it('failure mode 20: clocks that are five minutes apart cost no promise', async () => {
  const skewed = schedules.map((schedule) => ({ ...schedule, workers: [-300_000, 300_000, 0] }));
  await fc.assert(fc.asyncProperty(skewed, live), { numRuns: 200, seed: SEED });
}, 60_000);
