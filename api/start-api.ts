import type { Log } from '../shared/log.ts';
import type { Clock, Random } from '../shared/ports/clock.ts';
import type { Queue } from '../shared/ports/queue.ts';
import type { Store } from '../shared/ports/store.ts';
import { createApp } from './app.ts';
import type { ApiConfig } from './config.ts';
import { Backlog } from './jobs/backlog.ts';
import { JobWatchers } from './jobs/job-watchers.ts';
import { Quotas } from './jobs/quotas.ts';
import { readJob } from './jobs/read-job.ts';
import { StreamSlots } from './jobs/stream-slots.ts';
import { type ApiMeters, createApiMeters } from './metrics.ts';
import { LOCAL_CLIENT } from './middleware/bearer-auth.ts';
import { startServer } from './server.ts';

export interface Surroundings {
  store: Store;
  queue: Queue;
  clock: Clock;
  random: Random;
  log: Log;
}

export interface RunningApi {
  host: string;
  port: number;
  meters: ApiMeters;
  stop(reason: string): Promise<void>;
}

/** Starts the API; `stop` ends it within the drain's seconds, and closes store and queue. */
export async function startApi(config: ApiConfig, around: Surroundings): Promise<RunningApi> {
  const { store, queue, clock, log } = around;
  const watchers = new JobWatchers({ clock, read: (id) => readJob({ store, clock }, id) });
  const backlog = new Backlog({ queue, clock, log, cap: config.backlogCap });
  const quotas = new Quotas({ store, clock, log, perDay: config.dailyQuota });
  const streams = new StreamSlots({ perClient: config.streamsPerClient, most: config.maxStreams });
  const meters = createApiMeters({ watchers, streams });
  const app = createApp({ ...around, config, watchers, backlog, quotas, streams, meters });
  const server = await startServer({ ...around, app }, config.host, config.port);
  log.info({ host: server.host, port: server.port, panel: config.panel }, 'the API listens');
  if (config.keys.length === 0) {
    log.info(`no API keys are set: whoever is on this machine is the client "${LOCAL_CLIENT}"`);
  }
  return {
    host: server.host,
    port: server.port,
    meters,
    stop: async (reason) => {
      // Stop listening first; then let go those who wait, so that their responses end.
      const closing = server.close(config.drainSeconds * 1000);
      watchers.close();
      const inTime = await closing;
      await Promise.all([store.close(), queue.close()]);
      log.info({ reason, cut: !inTime }, 'the API has stopped');
    },
  };
}
