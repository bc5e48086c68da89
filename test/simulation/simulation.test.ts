import fc from 'fast-check';
import { it } from 'vitest';
import { schedules } from './schedule.ts';
import { World } from './world.ts';

/** The same ones each time: `npm run simulate` draws others. */
const SEED = 20260101;

it('1,000 schedules of crashes, losses, freezes and skew break no promise', async () => {
  const lived = fc.asyncProperty(schedules, async (schedule) => {
    await new World(schedule).run();
  });
  await fc.assert(lived, { numRuns: 1000, seed: SEED });
}, 180_000);
