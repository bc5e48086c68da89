import { createHash } from 'node:crypto';
import { MemoryQueue } from '../../shared/adapters/memory/memory-queue.ts';
import { MemoryStore } from '../../shared/adapters/memory/memory-store.ts';
import { VirtualClock } from '../../shared/adapters/memory/virtual-clock.ts';
import { systemRandom } from '../../shared/adapters/system/system-clock.ts';
import type { Env } from '../../shared/config/env-reader.ts';
import { createLog } from '../../shared/log.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import { QueueUnavailableError } from '../../shared/ports/queue.ts';
import { StoreUnavailableError } from '../../shared/ports/store.ts';
import { createApp } from '../app.ts';
import { readApiConfig } from '../config.ts';
import { Backlog } from '../jobs/backlog.ts';
import { JobWatchers } from '../jobs/job-watchers.ts';
import { Quotas } from '../jobs/quotas.ts';
import { readJob } from '../jobs/read-job.ts';
import { StreamSlots } from '../jobs/stream-slots.ts';
import { createApiMeters } from '../metrics.ts';
import { Outage } from './outage.ts';
import { StandInWorker } from './stand-in-worker.ts';

export const ALICE = 'key-of-alice-0123456789';
export const BOB = 'key-of-bob-0123456789';

const sha256 = (key: string): string => createHash('sha256').update(key).digest('hex');

export const ENV: Env = {
  QUEUE_URL: 'http://127.0.0.1:1/queue',
  DEAD_LETTER_QUEUE_URL: 'http://127.0.0.1:1/dead-letters',
  TABLE_NAME: 'jobs',
  PANEL: JSON.stringify([
    { id: 'openai', model: 'gpt-5-mini' },
    { id: 'gemini', model: 'gemini-2.5-flash' },
    { id: 'simulated-c', model: 'simulated/c' },
  ]),
  API_KEYS: JSON.stringify([
    { client: 'alice', sha256: sha256(ALICE) },
    { client: 'bob', sha256: sha256(BOB) },
  ]),
};

export interface Asking {
  method?: string;
  body?: unknown;
  headers?: Record<string, string>;
  /** The key to call with; null: none. Default Alice's. */
  key?: string | null;
}

/** The whole API over a store and a queue in memory, with everything that a test may want to look at. */
export function makeApi<C extends Clock = VirtualClock>(options: { env?: Env; clock?: C } = {}) {
  const clock = (options.clock ?? new VirtualClock()) as C;
  const config = readApiConfig({ ...ENV, ...options.env }, () => '');
  const memoryStore = new MemoryStore(clock);
  const memoryQueue = new MemoryQueue(clock);
  const storeOutage = new Outage();
  const queueOutage = new Outage();
  const store = storeOutage.wrap(memoryStore, (doing, cause) => new StoreUnavailableError(doing, cause));
  const queue = queueOutage.wrap(memoryQueue, (doing, cause) => new QueueUnavailableError(doing, cause));
  const logged: Record<string, unknown>[] = [];
  const log = createLog('api', 'debug', { write: (line) => void logged.push(JSON.parse(line)) });
  const watchers = new JobWatchers({ clock, read: (id) => readJob({ store, clock }, id) });
  const backlog = new Backlog({ queue, clock, log, cap: config.backlogCap });
  const quotas = new Quotas({ store, clock, log, perDay: config.dailyQuota });
  const streams = new StreamSlots({ perClient: config.streamsPerClient, most: config.maxStreams });
  const meters = createApiMeters({ watchers, streams });
  const deps = {
    config,
    store,
    queue,
    clock,
    random: systemRandom,
    log,
    watchers,
    backlog,
    quotas,
    streams,
    meters,
  };
  const app = createApp(deps);

  const ask = async (path: string, { method, body, headers, key = ALICE }: Asking = {}): Promise<Response> =>
    app.request(path, {
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      headers: {
        ...(key === null ? {} : { Authorization: `Bearer ${key}` }),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });

  const submit = (body: object = {}, headers: Record<string, string> = {}, key = ALICE): Promise<Response> =>
    ask('/v1/jobs', { body: { question: 'What is a VPC endpoint?', cache: false, ...body }, headers, key });

  return {
    ...deps,
    app,
    ask,
    submit,
    memoryStore,
    memoryQueue,
    storeOutage,
    queueOutage,
    logged,
    worker: new StandInWorker(memoryStore, clock),
  };
}

export type Api = ReturnType<typeof makeApi>;
