import type { JobRecord } from '../../shared/job/record.ts';
import { compare, type Row } from '../report/row.ts';
import { openBullmqLane } from '../stage/bullmq-lane.ts';
import {
  type ConsumerLane,
  type ConsumerRun,
  openOurWorker,
  openSqsConsumer,
  tableLane,
} from '../stage/consumer-lane.ts';
import type { LimitWatch } from '../stage/limit-watch.ts';
import { spreadQuestions } from '../stage/measured-questions.ts';
import { startRedis } from '../stage/redis.ts';
import { panelOf, type Stage } from '../stage/stage.ts';
import type { Benchmark, RunOptions } from './benchmark.ts';
import { type Contender, interleave } from './interleave.ts';

const PROVIDERS = 3;
const SLOTS = 200;
const JOBS = 600;
const LATENCY_MS = 1000;
/** Quick ones, for more of them in the time: a worker that runs for days has had more than compilers look at. */
const WARM_UP_JOBS = 3000;
const WARM_UP_LATENCY_MS = 100;
/** Of the two that the gate compares: V8 compiles until then, and there is no time to warm all for as long. */
const GATED_WARM_UPS = 5;
/** One run moves by 15 %, whatever it measures: the two run more often than those that are shown beside them. */
const gatedRuns = (runs: number): number => 2 * runs + 1;

interface Entrant {
  lane: ConsumerLane;
  isGated?: boolean;
}

interface Rival extends Entrant {
  /** What is compared. */
  what: string;
}

async function openPlainWorker(stage: Stage): Promise<ConsumerLane> {
  const lane = await stage.lane();
  const process = stage.peer('bench/peers/plain-worker.ts', lane, { SLOTS: String(SLOTS) });
  await process.ready();
  const isComplete = (job: JobRecord & { results?: string[] }) => job.results?.length === PROVIDERS;
  return tableLane('plain SDK', process, lane, { panel: panelOf(PROVIDERS), isComplete });
}

function contenderOf({ lane, isGated }: Entrant, options: RunOptions): Contender<ConsumerRun> {
  const questions = spreadQuestions(options.scale(JOBS), LATENCY_MS);
  const warmUp = spreadQuestions(options.scale(WARM_UP_JOBS), WARM_UP_LATENCY_MS);
  return {
    name: lane.name,
    ...(isGated && { warmUps: GATED_WARM_UPS, runs: gatedRuns(options.runs) }),
    run: (round) => lane.run(round === 0 ? warmUp : questions, round === 1 ? options.profileDir : undefined),
    describe: ({ cpuMsPerJob, wallMs }) =>
      `${cpuMsPerJob.toFixed(3)} ms a job, wall ${Math.round(wallMs)} ms`,
  };
}

/** Each contender's CPU milliseconds a job, run by run. */
async function measureEntrants(
  entrants: readonly Entrant[],
  options: RunOptions,
  watch: LimitWatch,
): Promise<number[][]> {
  const contenders = entrants.map((entrant) => contenderOf(entrant, options));
  const runs = await interleave(contenders, options, watch);
  return runs.map((own) => own.map(({ cpuMsPerJob }) => cpuMsPerJob));
}

const MISSING = 'BullMQ IS MISSING HERE: there is no redis-server on the PATH (Debian: redis-server)';

async function run(stage: Stage, options: RunOptions): Promise<Row[]> {
  await using ours = await openOurWorker(stage, { providers: PROVIDERS, slots: SLOTS });
  await using single = await openSqsConsumer(stage, { slots: SLOTS });
  await using batch = await openSqsConsumer(stage, { slots: SLOTS, batch: true });
  await using plain = await openPlainWorker(stage);
  await using redis = await startRedis();
  await using bullmq = redis && (await openBullmqLane(stage, redis, SLOTS));
  if (!bullmq) options.say(MISSING);
  const rivals: Rival[] = [
    { what: 'CPU a job, 3 providers, all guarantees', lane: single, isGated: true },
    { what: 'the same, against deletes by ten', lane: batch },
    { what: 'the same, against claim and result fenced by hand, 3 calls', lane: plain },
    ...(bullmq ? [{ what: 'the same, against 1 call, no database', lane: bullmq }] : []),
  ];
  const watch = stage.watchLimits();
  const [mine = [], ...theirs] = await measureEntrants(
    [{ lane: ours, isGated: true }, ...rivals],
    options,
    watch,
  );
  return rivals.map(({ what, lane }, index) => ({
    ...compare({ benchmark: workerCpu.name, what, unit: 'ms' }, mine, lane.name, theirs[index] ?? []),
    ...(lane === single && {
      bar: { gate: 1, moonshot: 0.5, better: 'lower' as const },
      notes: [...watch.notes(), ...(bullmq ? [] : [MISSING])],
    }),
  }));
}

export const workerCpu: Benchmark = {
  name: 'worker-cpu',
  about:
    'CPU a job of three providers, against sqs-consumer making one call and keeping nothing, a fenced handler and BullMQ',
  run,
};
