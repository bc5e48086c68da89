import fc from 'fast-check';
import { it } from 'vitest';
import { type PlannedJob, type Schedule, schedules } from './schedule.ts';
import { World } from './world.ts';

/** The same ones each time: `npm run simulate` draws others. */
const SEED = 20260101;
/** More than a worker makes from its start to the end of one job. */
const REQUESTS_OF_A_JOB = 100;

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

it('a worker that dies at any of its requests, and an API that does, break no promise', async () => {
  const job: PlannedJob = {
    atMs: 0,
    mode: 'thorough',
    strategy: 'synthesis',
    deadlineSeconds: 60,
    keyed: true,
    apiDiesAt: undefined,
    cancelAfterMs: undefined,
    webhook: true,
    againAfterMs: 30_000,
    mergeAfterMs: 40_000,
  };
  for (let request = 1; request <= REQUESTS_OF_A_JOB; request += 1) {
    const schedule = { seed: request, faultRate: 0, inFlightCap: 120_000, workers: [0] };
    await live({
      ...schedule,
      jobs: [job],
      incidents: [{ kind: 'kill_at_arrival', worker: 0, arrival: request }],
    });
    await live({ ...schedule, jobs: [{ ...job, apiDiesAt: request }], incidents: [] });
  }
}, 60_000);
