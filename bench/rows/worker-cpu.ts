import { compare, type Row } from '../report/row.ts';
import {
  type ConsumerLane,
  type ConsumerRun,
  openOurWorker,
  openSqsConsumer,
} from '../stage/consumer-lane.ts';
import type { LimitWatch } from '../stage/limit-watch.ts';
import { spreadQuestions } from '../stage/measured-questions.ts';
import type { Stage } from '../stage/stage.ts';
import type { Benchmark, RunOptions } from './benchmark.ts';
import { type Contender, interleave } from './interleave.ts';

const PROVIDERS = 3;
const SLOTS = 200;
const JOBS = 600;
const LATENCY_MS = 1000;
/** Quick ones, for more of them in the time: a worker that runs for days has had thousands. */
const WARM_UP_JOBS = 2500;
const WARM_UP_LATENCY_MS = 100;

/** Rounds in turn; returns each lane's CPU milliseconds a job, run by run. */
export async function measureLanes(
  lanes: readonly ConsumerLane[],
  options: RunOptions,
  watch: LimitWatch,
): Promise<number[][]> {
  const questions = spreadQuestions(options.scale(JOBS), LATENCY_MS);
  const warmUp = spreadQuestions(options.scale(WARM_UP_JOBS), WARM_UP_LATENCY_MS);
  const contenders = lanes.map(
    (lane): Contender<ConsumerRun> => ({
      name: lane.name,
      run: (round) =>
        lane.run(round === 0 ? warmUp : questions, round === 1 ? options.profileDir : undefined),
      describe: ({ cpuMsPerJob, wallMs }) =>
        `${cpuMsPerJob.toFixed(3)} ms a job, wall ${Math.round(wallMs)} ms`,
    }),
  );
  const runs = await interleave(contenders, options, watch);
  return runs.map((own) => own.map(({ cpuMsPerJob }) => cpuMsPerJob));
}

async function run(stage: Stage, options: RunOptions): Promise<Row[]> {
  await using ours = await openOurWorker(stage, { providers: PROVIDERS, slots: SLOTS });
  await using single = await openSqsConsumer(stage, { slots: SLOTS });
  await using batch = await openSqsConsumer(stage, { slots: SLOTS, batch: true });
  const watch = stage.watchLimits();
  const [mine = [], theirs = [], batched = []] = await measureLanes([ours, single, batch], options, watch);
  const row = { benchmark: workerCpu.name, unit: 'ms' };
  return [
    {
      ...compare({ ...row, what: 'CPU a job, 3 providers, all guarantees' }, mine, single.name, theirs),
      bar: { gate: 1, moonshot: 0.5, better: 'lower' },
      notes: watch.notes(),
    },
    compare({ ...row, what: 'the same, against deletes by ten' }, mine, batch.name, batched),
  ];
}

export const workerCpu: Benchmark = {
  name: 'worker-cpu',
  about: 'CPU a job of three providers, against sqs-consumer making one call and keeping nothing',
  run,
};
