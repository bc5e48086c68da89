import { join } from 'node:path';
import { systemClock } from '../../shared/adapters/system/system-clock.ts';
import type { AwsConfig } from '../../shared/config/common.ts';
import type { PanelMember } from '../../shared/job/record.ts';
import { Load } from './load.ts';
import type { NodeProcess } from './node-process.ts';

const DRAIN_MS = 120_000;

export interface ConsumerRun {
  cpuMsPerJob: number;
  wallMs: number;
  rssMb: number;
  loopDelayP99Ms: number;
}

/** A contender that takes work from a queue: ours, or a peer. */
export interface ConsumerLane extends AsyncDisposable {
  name: string;
  process: NodeProcess;
  /** From the first message sent to the last one deleted. */
  run(questions: readonly string[], profile?: string): Promise<ConsumerRun>;
}

async function measure(
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
    loopDelayP99Ms: after.loopDelayP99Ms,
  };
}

/** Jobs that stand in the table, as the API puts them; each must end with an answer of every provider. */
export function oursLane(
  name: string,
  process: NodeProcess,
  lane: AwsConfig,
  panel: PanelMember[],
): ConsumerLane {
  const load = new Load(lane);
  return {
    name,
    process,
    run: async (questions, profile) => {
      const ids = await load.putJobs(questions, panel);
      const work = async () => {
        await load.sendJobs(ids);
        await load.drained(DRAIN_MS);
      };
      const run = await measure(process, ids.length, work, profile && join(profile, `${name}.cpuprofile`));
      await load.assertSucceeded(ids, panel.length);
      return run;
    },
    [Symbol.asyncDispose]: async () => {
      await load[Symbol.asyncDispose]();
      await process[Symbol.asyncDispose]();
    },
  };
}

/** The question itself travels through the queue, as nothing else keeps it. */
export function peerLane(name: string, process: NodeProcess, lane: AwsConfig): ConsumerLane {
  const load = new Load(lane);
  return {
    name,
    process,
    run: (questions) =>
      measure(process, questions.length, async () => {
        await load.send(questions.map((question) => JSON.stringify({ question })));
        await load.drained(DRAIN_MS);
      }),
    [Symbol.asyncDispose]: async () => {
      await load[Symbol.asyncDispose]();
      await process[Symbol.asyncDispose]();
    },
  };
}
