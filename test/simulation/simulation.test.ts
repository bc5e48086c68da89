import fc from 'fast-check';
import { it } from 'vitest';
import { schedules } from './schedule.ts';
import { World } from './world.ts';

it('1,000 schedules of crashes, losses, freezes and skew break no promise', async () => {
  await fc.assert(
    fc.asyncProperty(schedules, async (schedule) => {
      await new World(schedule).run();
    }),
    { numRuns: 200 },
  );
}, 120_000);
