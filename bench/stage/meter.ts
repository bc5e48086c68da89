import { writeFile } from 'node:fs/promises';
import { Session } from 'node:inspector/promises';
import { answerParent } from './ipc.ts';

/** What a process has used so far. Nothing here runs by itself: that would be measured, too. */
export interface Usage {
  /** User and system milliseconds of all its threads since it started. */
  cpuMs: number;
  rssMb: number;
}

// Preloaded into each measured process, ours and the peers' alike: `node --import …/meter.ts main.ts`.
const session = new Session();

answerParent({
  usage: (): Usage => {
    const { user, system } = process.cpuUsage();
    return { cpuMs: (user + system) / 1000, rssMb: process.memoryUsage.rss() / 2 ** 20 };
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
