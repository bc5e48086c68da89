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
import { type Contender, interleave, runAtOnce } from './interleave.ts';

const PROVIDERS = 3;
const SLOTS = 200;
const JOBS = 600;
const LATENCY_MS = 1000;
/** Quick ones, for more of them in the time: a worker that runs for days has had more than compilers look at. */
const QUICK_JOBS = 3000;
const QUICK_LATENCY_MS = 100;
/** Of the two that the gate compares, which V8 compiles for longer than there is time to warm all. */
const GATED_QUICK_RUNS = 3;
/** … and of jobs as those that are measured: they take other paths than quick ones. */
const GATED_WARM_UPS = 4;
/** A run moves by 10 %, whatever it measures. */
const gatedRuns = (runs: number): number => 3 * runs;

interface Rival {
  /** What is compared. */
  what: string;
  lane: ConsumerLane;
}

async function openPlainWorker(stage: Stage): Promise<ConsumerLane> {
  const lane = await stage.lane();
  const process = stage.peer('bench/peers/plain-worker.ts', lane, { SLOTS: String(SLOTS) });
  await process.ready();
  const isComplete = (job: JobRecord & { results?: string[] }) => job.results?.length === PROVIDERS;
  return tableLane('plain SDK', process, lane, { panel: panelOf(PROVIDERS), isComplete });
}

function warmUp(lane: ConsumerLane, options: RunOptions): Promise<ConsumerRun> {
  return lane.run(spreadQuestions(options.scale(QUICK_JOBS), QUICK_LATENCY_MS));
}

/** Round 0 is that of its warm-up. */
function contenderOf(lane: ConsumerLane, options: RunOptions): Contender<ConsumerRun> {
  const questions = spreadQuestions(options.scale(JOBS), LATENCY_MS);
  return {
    name: lane.name,
    run: (round) => lane.run(questions, round === 1 ? options.profileDir : undefined),
    describe: ({ cpuMsPerJob, wallMs }) =>
      `${cpuMsPerJob.toFixed(3)} ms a job, wall ${Math.round(wallMs)} ms`,
  };
}

const cpuOf = (runs: readonly ConsumerRun[][]): number[][] =>
  runs.map((own) => own.map(({ cpuMsPerJob }) => cpuMsPerJob));

/** What the gate is about: both at the same time, as each by itself moves more than what is between them. */
async function compareAtOnce(
  ours: ConsumerLane,
  peer: ConsumerLane,
  options: RunOptions,
  watch: LimitWatch,
): Promise<Row> {
  const lanes = [ours, peer];
  for (let run = 0; run < GATED_QUICK_RUNS; run += 1)
    await Promise.all(lanes.map((lane) => warmUp(lane, options)));
  const [mine = [], theirs = []] = cpuOf(
    await runAtOnce(
      lanes.map((lane) => contenderOf(lane, options)),
      { ...options, warmUps: GATED_WARM_UPS, runs: gatedRuns(options.runs) },
      watch,
    ),
  );
  const head = { benchmark: workerCpu.name, what: 'CPU a job, 3 providers, all guarantees', unit: 'ms' };
  return {
    ...compare(head, mine, peer.name, theirs),
    bar: { gate: 1, moonshot: 0.5, better: 'lower' },
    notes: watch.notes(),
  };
}

/** The others, in turn with ours, which is warm already. */
async function compareInTurn(
  ours: ConsumerLane,
  rivals: readonly Rival[],
  options: RunOptions,
  watch: LimitWatch,
): Promise<Row[]> {
  for (const { lane } of rivals) await warmUp(lane, options);
  const contenders = [ours, ...rivals.map(({ lane }) => lane)].map((lane) => ({
    ...contenderOf(lane, options),
    warmUps: 0,
  }));
  const [mine = [], ...theirs] = cpuOf(await interleave(contenders, options, watch));
  return rivals.map(({ what, lane }, index) =>
    compare({ benchmark: workerCpu.name, what, unit: 'ms' }, mine, lane.name, theirs[index] ?? []),
  );
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
    { what: 'the same, against deletes by ten', lane: batch },
    { what: 'the same, against claim and result fenced by hand, 3 calls', lane: plain },
    ...(bullmq ? [{ what: 'the same, against 1 call, no database', lane: bullmq }] : []),
  ];
  const watch = stage.watchLimits();
  const gated = await compareAtOnce(ours, single, options, watch);
  const shown = await compareInTurn(ours, rivals, options, watch);
  return [{ ...gated, notes: [...gated.notes, ...(bullmq ? [] : [MISSING])] }, ...shown];
}

export const workerCpu: Benchmark = {
  name: 'worker-cpu',
  about:
    'CPU a job of three providers, against sqs-consumer making one call and keeping nothing, a fenced handler and BullMQ',
  run,
};
