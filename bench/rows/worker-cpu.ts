import type { Env } from '../../shared/config/env-reader.ts';
import { compare, type Row } from '../report/row.ts';
import { type ConsumerLane, type ConsumerRun, oursLane, peerLane } from '../stage/consumer-lane.ts';
import { question, spreadLatencies } from '../stage/measured-questions.ts';
import { panelOf, type Stage } from '../stage/stage.ts';
import type { Benchmark, RunOptions } from './benchmark.ts';
import { type Contender, interleave } from './interleave.ts';

const PROVIDERS = 3;
const SLOTS = 200;
const LATENCY_MS = 1000;

async function openOurs(stage: Stage): Promise<ConsumerLane> {
  const lane = await stage.lane();
  const worker = stage.ours('worker/main.ts', lane, PROVIDERS, {
    env: { WORKER_CONCURRENCY: String(SLOTS), PROVIDER_CONCURRENCY: String(SLOTS) },
  });
  return oursLane('worker', worker, lane, panelOf(PROVIDERS));
}

async function openPeer(stage: Stage, name: string, script: string, env: Env = {}): Promise<ConsumerLane> {
  const lane = await stage.lane();
  const peer = stage.peer(script, lane, { SLOTS: String(SLOTS), ...env });
  await peer.ready();
  return peerLane(name, peer, lane);
}

async function run(stage: Stage, options: RunOptions): Promise<Row[]> {
  await using ours = await openOurs(stage);
  await using single = await openPeer(stage, 'sqs-consumer', 'bench/peers/sqs-consumer.ts');
  await using batch = await openPeer(stage, 'sqs-consumer, batch handler', 'bench/peers/sqs-consumer.ts', {
    HANDLER: 'batch',
  });
  const jobs = options.scale(600);
  const questions = spreadLatencies(jobs, LATENCY_MS).map((latencyMs, index) => question(index, latencyMs));
  const contenders = [ours, single, batch].map(
    (lane): Contender<ConsumerRun> => ({
      name: lane.name,
      run: (round) => lane.run(questions, round === 1 ? options.profileDir : undefined),
      describe: ({ cpuMsPerJob }) => `${cpuMsPerJob.toFixed(3)} ms a job`,
    }),
  );
  const watch = stage.watchLimits();
  const runs = await interleave(contenders, options, watch);
  const [mine = [], theirs = [], batched = []] = runs.map((own) => own.map(({ cpuMsPerJob }) => cpuMsPerJob));
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
