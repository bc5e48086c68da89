import { jobIn } from '../../../api/testing/read-response.ts';
import { serveGuarded } from './guarded-api.ts';

/** What the process that measures asks of the one that serves; each is answered by one message. */
export type StreamCommand = { ask: 'start'; jobs: number } | { ask: 'figures' } | { ask: 'end jobs' };

export interface ServerFigures {
  rssBytes: number;
  heapBytes: number;
  /** Processor time used since the start of the process, in milliseconds. */
  cpuMs: number;
  /** Jobs that somebody waits for. */
  watched: number;
}

const MANY = '100000';
const api = await serveGuarded({
  env: { STREAMS_PER_CLIENT: MANY, MAX_STREAMS: MANY, DAILY_QUOTA: MANY, BACKLOG_CAP: MANY },
});
const ids: string[] = [];

function figures(): ServerFigures {
  globalThis.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  return {
    rssBytes: rss,
    heapBytes: heapUsed,
    cpuMs: (user + system) / 1000,
    watched: api.watchers.watched,
  };
}

async function start(jobs: number): Promise<{ port: number; ids: string[] }> {
  while (ids.length < jobs) {
    const { id } = await jobIn(await api.submit({ deadline_seconds: 900 }), 202);
    await api.worker.claim(id);
    ids.push(id);
  }
  return { port: api.server.port, ids };
}

async function endJobs(): Promise<void> {
  for (const id of ids) await api.worker.end(id, { status: 'canceled' });
}

async function obey(command: StreamCommand): Promise<unknown> {
  if (command.ask === 'start') return start(command.jobs);
  if (command.ask === 'end jobs') await endJobs();
  return figures();
}

process.on('message', async (command: StreamCommand) => process.send?.(await obey(command)));
// Ends with whoever started it, however that ends.
process.on('disconnect', () => process.exit(0));
