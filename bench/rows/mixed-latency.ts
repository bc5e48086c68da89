import { idealWallMs } from '../report/ideal-schedule.ts';
import type { Row } from '../report/row.ts';
import { ratioOf, sampleOf } from '../report/sample.ts';
import { openOurWorker, openSqsConsumer } from '../stage/consumer-lane.ts';
import { question } from '../stage/measured-questions.ts';
import type { Stage } from '../stage/stage.ts';
import type { Benchmark, RunOptions } from './benchmark.ts';

const PROVIDERS = 3;
const SLOTS = 100;
const JOBS = 1000;
const SLOW_JOBS = 119;
const SLOW_MS = 10_000;
const FAST_MS = 200;
/** The ideal wall of a peer says all in one run: it takes minutes. */
const PEER_RUNS = 1;

/** The slow ones stand all over, the same in each run. */
export function mixedLatencies(jobs: number, slow: number): number[] {
  return Array.from({ length: jobs }, (_, index) => {
    const isSlow = Math.floor(((index + 1) * slow) / jobs) > Math.floor((index * slow) / jobs);
    return isSlow ? SLOW_MS : FAST_MS;
  });
}

async function run(stage: Stage, options: RunOptions): Promise<Row[]> {
  const jobs = options.scale(JOBS);
  const slots = options.scale(SLOTS);
  const latencies = mixedLatencies(jobs, options.scale(SLOW_JOBS));
  const questions = latencies.map((latencyMs, index) => question(index, latencyMs));
  const warm = Array.from({ length: slots * 5 }, (_, index) => question(index, FAST_MS));
  const ideal = idealWallMs(latencies, slots);
  const watch = stage.watchLimits();
  await using ours = await openOurWorker(stage, { providers: PROVIDERS, slots });
  await using peer = await openSqsConsumer(stage, { slots });
  const walls = { ours: [] as number[], peer: [] as number[] };
  for (const [contender, runs, kept] of [
    [ours, Math.min(2, options.runs), walls.ours],
    [peer, PEER_RUNS, walls.peer],
  ] as const) {
    await contender.run(warm);
    for (let round = 1; round <= runs; round += 1) {
      const { wallMs } = await watch.during(() => contender.run(questions));
      options.say(`run ${round}: ${contender.name} ${Math.round(wallMs)} ms, ideal ${ideal} ms`);
      kept.push(wallMs);
    }
  }
  const toIdeal = (values: number[]) =>
    ratioOf(
      values,
      values.map(() => ideal),
    );
  const row = { benchmark: mixedLatency.name, unit: 'ms' };
  const against = { who: 'ideal schedule', value: sampleOf([ideal]) };
  const what = `wall, ${jobs} jobs, ${options.scale(SLOW_JOBS)} of 10 s, ${slots} slots`;
  return [
    {
      ...row,
      what,
      ours: sampleOf(walls.ours),
      against,
      ratio: toIdeal(walls.ours),
      bar: { gate: 1.1, moonshot: 1.03, better: 'lower' },
      notes: watch.notes(),
    },
    {
      ...row,
      what: 'the same by sqs-consumer',
      ours: sampleOf(walls.peer),
      against,
      ratio: toIdeal(walls.peer),
      notes: [],
    },
  ];
}

export const mixedLatency: Benchmark = {
  name: 'mixed-latency',
  about: 'the wall time of fast and slow jobs together, against the ideal schedule and sqs-consumer',
  run,
};
