import type { Row } from '../report/row.ts';
import { sampleOf } from '../report/sample.ts';
import { openOurWorker } from '../stage/consumer-lane.ts';
import { spreadQuestions } from '../stage/measured-questions.ts';
import type { Stage } from '../stage/stage.ts';
import type { Benchmark, RunOptions } from './benchmark.ts';

/** The same jobs a second whatever is in flight: what is in flight longer is more at once. */
const JOBS_PER_SECOND = 200;
const CASES = [
  { slots: 10, providers: 3 },
  { slots: 500, providers: 3 },
  { slots: 2000, providers: 3 },
  { slots: 100, providers: 1 },
  { slots: 100, providers: 8 },
];
const JOBS = 300;

/** CPU milliseconds a job with all slots in use. */
async function measure(
  stage: Stage,
  options: RunOptions,
  { slots, providers }: { slots: number; providers: number },
): Promise<number> {
  // Where thousands wait for slots, one provider's may open later than a job's grace for it.
  const job = { mode: 'thorough' } as const;
  await using worker = await openOurWorker(stage, { slots, providers, job });
  const latencyMs = (slots * 1000) / JOBS_PER_SECOND;
  const jobs = Math.max(slots, options.scale(JOBS));
  // The slots of a provider grow with its successes: quick ones bring them up.
  await worker.run(spreadQuestions(Math.max(jobs, slots), 100));
  const { cpuMsPerJob } = await worker.run(spreadQuestions(jobs, latencyMs));
  options.say(`${slots} in flight, ${providers} providers: ${cpuMsPerJob.toFixed(3)} ms a job`);
  return cpuMsPerJob;
}

async function run(stage: Stage, options: RunOptions): Promise<Row[]> {
  const cases = CASES.map(({ slots, providers }) => ({ slots: options.scale(slots), providers }));
  const rows: Row[] = [];
  for (const one of cases) {
    const ours = sampleOf([await measure(stage, options, one)]);
    const what = `CPU a job, ${one.slots} in flight, ${one.providers} ${one.providers === 1 ? 'provider' : 'providers'}`;
    rows.push({ benchmark: growth.name, what, unit: 'ms', ours, notes: [] });
  }
  return rows;
}

export const growth: Benchmark = {
  name: 'growth',
  about: 'how the CPU of a job grows with jobs in flight and with providers',
  run,
};
