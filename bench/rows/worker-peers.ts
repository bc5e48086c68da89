import type { JobRecord } from '../../shared/job/record.ts';
import { compare, type Row } from '../report/row.ts';
import { sampleOf } from '../report/sample.ts';
import { openBullmqLane } from '../stage/bullmq-lane.ts';
import { type ConsumerLane, openOurWorker, tableLane } from '../stage/consumer-lane.ts';
import { startRedis } from '../stage/redis.ts';
import { panelOf, type Stage } from '../stage/stage.ts';
import type { Benchmark, RunOptions } from './benchmark.ts';
import { measureLanes } from './worker-cpu.ts';

const PROVIDERS = 3;
const SLOTS = 200;

async function openPlainWorker(stage: Stage): Promise<ConsumerLane> {
  const lane = await stage.lane();
  const process = stage.peer('bench/peers/plain-worker.ts', lane, { SLOTS: String(SLOTS) });
  await process.ready();
  const isComplete = (job: JobRecord & { results?: string[] }) => job.results?.length === PROVIDERS;
  return tableLane('plain SDK', process, lane, { panel: panelOf(PROVIDERS), isComplete });
}

async function run(stage: Stage, options: RunOptions): Promise<Row[]> {
  await using ours = await openOurWorker(stage, { providers: PROVIDERS, slots: SLOTS });
  await using plain = await openPlainWorker(stage);
  await using redis = await startRedis();
  await using bullmq = redis && (await openBullmqLane(stage, redis, SLOTS));
  const watch = stage.watchLimits();
  const lanes = [ours, plain, ...(bullmq ? [bullmq] : [])];
  const [mine = [], fenced = [], queued] = await measureLanes(lanes, options, watch);
  const row = { benchmark: workerPeers.name, unit: 'ms' };
  const missing = 'BullMQ IS MISSING HERE: there is no redis-server on the PATH (Debian: redis-server)';
  if (!queued) options.say(missing);
  return [
    {
      ...compare(
        { ...row, what: 'CPU a job, claim and result fenced by hand, 3 calls' },
        mine,
        plain.name,
        fenced,
      ),
      notes: watch.notes(),
    },
    queued
      ? compare({ ...row, what: 'CPU a job, 1 call, no database' }, mine, 'BullMQ on Redis', queued)
      : { ...row, what: 'CPU a job, 1 call, no database', ours: sampleOf(mine), notes: [missing] },
  ];
}

export const workerPeers: Benchmark = {
  name: 'worker-peers',
  about: 'CPU a job, against a fenced handler on the plain SDK and against BullMQ on Redis',
  run,
};
