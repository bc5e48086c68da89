import type { Log } from '../shared/log.ts';
import type { Clock, Random } from '../shared/ports/clock.ts';
import type { Queue } from '../shared/ports/queue.ts';
import type { Store } from '../shared/ports/store.ts';
import type { ApiConfig } from './config.ts';
import type { Backlog } from './jobs/backlog.ts';
import type { JobWatchers } from './jobs/job-watchers.ts';
import type { Quotas } from './jobs/quotas.ts';
import type { StreamSlots } from './jobs/stream-slots.ts';
import type { ApiMeters } from './metrics.ts';

/** What the API works with; nothing of it is reached in any other way. */
export interface ApiDeps {
  config: ApiConfig;
  store: Store;
  queue: Queue;
  clock: Clock;
  random: Random;
  log: Log;
  watchers: JobWatchers;
  backlog: Backlog;
  quotas: Quotas;
  streams: StreamSlots;
  meters: ApiMeters;
}
