import { writeFile } from 'node:fs/promises';
import { Session } from 'node:inspector/promises';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { answerParent } from './ipc.ts';

/** What a process has used so far. */
export interface Usage {
  /** User and system milliseconds of all its threads since it started. */
  cpuMs: number;
  rssMb: number;
  /** The 99th percentile of the event loop's delay since the meter was last read. */
  loopDelayP99Ms: number;
}

// Preloaded into each measured process, ours and the peers' alike: `node --import …/meter.ts main.ts`.
const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();
const session = new Session();

answerParent({
  usage: (): Usage => {
    const { user, system } = process.cpuUsage();
    const loopDelayP99Ms = delay.percentile(99) / 1e6;
    delay.reset();
    return { cpuMs: (user + system) / 1000, rssMb: process.memoryUsage.rss() / 2 ** 20, loopDelayP99Ms };
  },
  startProfile: async () => {
    session.connect();
    await session.post('Profiler.enable');
    await session.post('Profiler.start');
  },
  stopProfile: async (path: string) => {
    const { profile } = await session.post('Profiler.stop');
    session.disconnect();
    await writeFile(path, JSON.stringify(profile));
  },
});
