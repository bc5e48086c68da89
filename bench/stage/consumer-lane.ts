import { join } from 'node:path';
import { systemClock } from '../../shared/adapters/system/system-clock.ts';
import type { AwsConfig } from '../../shared/config/common.ts';
import type { NewJob } from '../../shared/job/new-job.ts';
import type { JobRecord, PanelMember } from '../../shared/job/record.ts';
import { Load } from './load.ts';
import type { NodeProcess } from './node-process.ts';
import { panelOf, type Stage } from './stage.ts';

/** Far beyond any sound run: a busy machine is slow, and says so by its load. */
const DRAIN_MS = 300_000;

export interface ConsumerRun {
  cpuMsPerJob: number;
  wallMs: number;
  rssMb: number;
}

/** A contender that takes work from a queue: ours, or a peer. */
export interface ConsumerLane extends AsyncDisposable {
  name: string;
  process: NodeProcess;
  /** From the first message sent to the last one deleted. */
  run(questions: readonly string[], profile?: string): Promise<ConsumerRun>;
}

/** What `work` costs a process that does so many jobs meanwhile. */
export async function measureConsumer(
  process: NodeProcess,
  jobs: number,
  work: () => Promise<void>,
  profile?: string,
): Promise<ConsumerRun> {
  if (profile) await process.ask('startProfile');
  const before = await process.usage();
  const startedAt = systemClock.monotonic();
  await process.meet(work());
  const wallMs = systemClock.monotonic() - startedAt;
  const after = await process.usage();
  if (profile) await process.ask('stopProfile', profile);
  return {
    cpuMsPerJob: (after.cpuMs - before.cpuMs) / jobs,
    wallMs,
    rssMb: after.rssMb,
  };
}

/** Whether a job has ended as it should, by what its consumer left in the table. */
export type IsComplete = (job: JobRecord) => boolean;

/** Jobs that stand in the table, as the API puts them; each must be complete at the end. */
export function tableLane(
  name: string,
  process: NodeProcess,
  lane: AwsConfig,
  { panel, isComplete, job }: { panel: PanelMember[]; isComplete: IsComplete; job?: Partial<NewJob> },
): ConsumerLane {
  const load = new Load(lane);
  return {
    name,
    process,
    run: async (questions, profile) => {
      const jobs = await load.putJobs(questions, panel, job);
      const work = async () => {
        await load.sendJobs(jobs);
        await load.drained(DRAIN_MS);
      };
      const path = profile && join(profile, `${name}.cpuprofile`);
      const run = await measureConsumer(process, jobs.length, work, path);
      await load.assertComplete(jobs, isComplete);
      return run;
    },
    [Symbol.asyncDispose]: () => closeLane(load, process),
  };
}

async function closeLane(load: Load, process: NodeProcess): Promise<void> {
  await load[Symbol.asyncDispose]();
  await process[Symbol.asyncDispose]();
}

/** Our worker with so many slots, for jobs and for each provider. */
export async function openOurWorker(
  stage: Stage,
  { providers, slots, job = {} }: { providers: number; slots: number; job?: Partial<NewJob> },
): Promise<ConsumerLane> {
  const lane = await stage.lane();
  const process = stage.ours('worker/main.ts', lane, providers, {
    env: { WORKER_CONCURRENCY: String(slots), PROVIDER_CONCURRENCY: String(slots) },
  });
  const isComplete: IsComplete = ({ status, answers }) =>
    status === 'succeeded' && Object.keys(answers).length === providers;
  return tableLane('worker', process, lane, { panel: panelOf(providers), isComplete, job });
}

/** sqs-consumer; the question itself travels through the queue, as nothing else keeps it. */
export async function openSqsConsumer(
  stage: Stage,
  { slots, batch = false }: { slots: number; batch?: boolean },
): Promise<ConsumerLane> {
  const lane = await stage.lane();
  const env = { SLOTS: String(slots), ...(batch ? { HANDLER: 'batch' } : {}) };
  const process = stage.peer('bench/peers/sqs-consumer.ts', lane, env);
  await process.ready();
  const load = new Load(lane);
  return {
    name: batch ? 'sqs-consumer, batch handler' : 'sqs-consumer',
    process,
    run: (questions) =>
      measureConsumer(process, questions.length, async () => {
        await load.send(questions.map((question) => JSON.stringify({ question })));
        await load.drained(DRAIN_MS);
      }),
    [Symbol.asyncDispose]: () => closeLane(load, process),
  };
}
