import { idealWallMs } from '../report/ideal-schedule.ts';
import type { Row } from '../report/row.ts';
import { ratioOf, sampleOf } from '../report/sample.ts';
import { type ConsumerLane, openOurWorker, openSqsConsumer } from '../stage/consumer-lane.ts';
import type { LimitWatch } from '../stage/limit-watch.ts';
import { question } from '../stage/measured-questions.ts';
import type { Stage } from '../stage/stage.ts';
import type { Benchmark, RunOptions } from './benchmark.ts';

const PROVIDERS = 3;
const SLOTS = 100;
const JOBS = 1000;
const SLOW_JOBS = 119;
const SLOW_MS = 10_000;
const FAST_MS = 200;

/** The slow ones stand all over, the same in each run. */
export function mixedLatencies(jobs: number, slow: number): number[] {
  return Array.from({ length: jobs }, (_, index) => {
    const isSlow = Math.floor(((index + 1) * slow) / jobs) > Math.floor((index * slow) / jobs);
    return isSlow ? SLOW_MS : FAST_MS;
  });
}

interface Mix {
  jobs: number;
  slow: number;
  slots: number;
}

/** Walls of so many runs, each against the ideal schedule of the same jobs. */
async function measure(
  lane: ConsumerLane,
  { jobs, slow, slots }: Mix,
  runs: number,
  { options, watch }: { options: RunOptions; watch: LimitWatch },
): Promise<Pick<Row, 'what' | 'ours' | 'against' | 'ratio'>> {
  const latencies = mixedLatencies(jobs, slow);
  const questions = latencies.map((latencyMs, index) => question(index, latencyMs));
  const ideal = idealWallMs(latencies, slots);
  await lane.run(Array.from({ length: slots * 5 }, (_, index) => question(index, FAST_MS)));
  const walls: number[] = [];
  for (let round = 1; round <= runs; round += 1) {
    const { wallMs } = await watch.during(() => lane.run(questions));
    options.say(`run ${round}: ${lane.name} ${Math.round(wallMs)} ms, ideal ${ideal} ms`);
    walls.push(wallMs);
  }
  return {
    what: `wall, ${jobs} jobs, ${slow} of 10 s, ${slots} slots`,
    ours: sampleOf(walls),
    against: { who: 'ideal schedule', value: sampleOf([ideal]) },
    ratio: ratioOf(
      walls,
      walls.map(() => ideal),
    ),
  };
}

async function run(stage: Stage, options: RunOptions): Promise<Row[]> {
  const mix = { jobs: options.scale(JOBS), slow: options.scale(SLOW_JOBS), slots: options.scale(SLOTS) };
  // One that takes several times the ideal says so with a quarter of the jobs, in one run.
  const quarter = { ...mix, jobs: Math.ceil(mix.jobs / 4), slow: Math.ceil(mix.slow / 4) };
  const watch = stage.watchLimits();
  await using ours = await openOurWorker(stage, { providers: PROVIDERS, slots: mix.slots });
  await using peer = await openSqsConsumer(stage, { slots: mix.slots });
  const shared = { options, watch };
  const mine = await measure(ours, mix, Math.min(2, options.runs), shared);
  const theirs = await measure(peer, quarter, 1, shared);
  const row = { benchmark: mixedLatency.name, unit: 'ms' };
  return [
    { ...row, ...mine, bar: { gate: 1.1, moonshot: 1.03, better: 'lower' }, notes: watch.notes() },
    { ...row, ...theirs, what: `by sqs-consumer: ${theirs.what}`, notes: [] },
  ];
}

export const mixedLatency: Benchmark = {
  name: 'mixed-latency',
  about: 'the wall time of fast and slow jobs together, against the ideal schedule and sqs-consumer',
  run,
};
