import type { z } from 'zod';
import { webClock, webRandom } from '../shared/adapters/web/web-clock.ts';
import type { JobView } from '../shared/contract/job.ts';
import type { jobPageSchema } from '../shared/contract/job-page.ts';
import type { jobRequestSchema, Strategy } from '../shared/contract/job-request.ts';
import type { ProvidersView } from '../shared/contract/providers.ts';
import type { JobStatus } from '../shared/contract/states.ts';
import type { StatusView } from '../shared/contract/status.ts';
import type { Clock, Random } from '../shared/ports/clock.ts';
import { jsonOf } from './client/errors.ts';
import { type FollowOptions, followJob } from './client/follow-job.ts';
import { type Call, Http } from './client/http.ts';
import { jobPath, waitForJob } from './client/poll-job.ts';

export type { JobView, ProviderView } from '../shared/contract/job.ts';
export type { Mode, Strategy } from '../shared/contract/job-request.ts';
export type { ProvidersView } from '../shared/contract/providers.ts';
export type { JobStatus } from '../shared/contract/states.ts';
export type { StatusView } from '../shared/contract/status.ts';
export { ApiError, NetworkError } from './client/errors.ts';
export type { Connection, FollowOptions } from './client/follow-job.ts';

export type JobRequest = z.input<typeof jobRequestSchema>;
export type JobPage = z.output<typeof jobPageSchema>;

const PATIENCE_MS = 30_000;

export interface ClientOptions {
  /** Where the API is, such as `http://127.0.0.1:8080`. */
  baseUrl: string;
  /** The API key, where the server asks for one. */
  key?: string | undefined;
  /** Default the global one. */
  fetch?: typeof fetch;
  /** How long a request is tried again while the server is not reached, is busy or out of order; default 30 s. */
  patienceMs?: number;
  clock?: Clock;
  random?: Random;
}

export interface Abortable {
  /** Ends the call, which then rejects with the signal's reason. A job that was submitted runs on. */
  signal?: AbortSignal | undefined;
}

export interface SubmitOptions extends Abortable {
  /** The same key with the same request is the same job; default a new one, so that retries ask once only. */
  idempotencyKey?: string | undefined;
  /** How long the server may hold its response back for the job to be done; it may cap that. */
  waitSeconds?: number | undefined;
}

/**
 * A client of the API. Every call rejects with an `ApiError` where the server refuses, with a `NetworkError`
 * where it is not reached, and with the signal's reason where that was aborted.
 */
export interface Client {
  /** Asks a question: the job as it was accepted, or done where it was waited for. */
  submit(request: JobRequest, options?: SubmitOptions): Promise<JobView>;
  get(id: string, options?: Abortable & { waitSeconds?: number | undefined }): Promise<JobView>;
  /** The job once it is done, whatever came of it. */
  wait(id: string, options?: Abortable): Promise<JobView>;
  /**
   * Snapshots, each newer than the one before, to the one that shows the end; none where `lastEventId`, a revision,
   * was the last. Survives lost connections for as long as `patienceMs`, and polls where streams do not come through.
   */
  events(id: string, options?: Partial<FollowOptions>): AsyncGenerator<JobView, void, undefined>;
  /** The job as `canceled`, or as `canceling` while its calls are being stopped. */
  cancel(id: string, options?: Abortable): Promise<JobView>;
  /** A new job that merges the answers of this one again. */
  merge(id: string, strategy: Strategy, options?: SubmitOptions): Promise<JobView>;
  /** A page of the own jobs, newest first; `next_cursor` is null on the last one. */
  list(
    query?: { status?: JobStatus | undefined; cursor?: string | undefined; limit?: number | undefined },
    options?: Abortable,
  ): Promise<JobPage>;
  delete(id: string, options?: Abortable): Promise<void>;
  providers(options?: Abortable): Promise<ProvidersView>;
  /** The queue, everybody's open jobs in numbers, and the own jobs of today. */
  status(options?: Abortable): Promise<StatusView>;
}

function queryOf(query: Record<string, string | number | undefined>): string {
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) given.set(name, String(value));
  }
  return given.size === 0 ? '' : `?${given}`;
}

/** See `Client`. Needs nothing but what browsers and Node have in common. */
export function createClient(options: ClientOptions): Client {
  const { baseUrl, key, patienceMs = PATIENCE_MS, clock = webClock, random = webRandom } = options;
  // The global one is looked up at each call, and called as a function of its own: browsers insist on it.
  const send: typeof fetch = options.fetch ?? ((input, init) => fetch(input, init));
  const http = new Http({ baseUrl, key, patienceMs, clock, random, fetch: send });

  const json = <T>(call: Call): Promise<T> => http.request(call, (response) => jsonOf<T>(response));
  const post = (path: string, body: unknown, { idempotencyKey, waitSeconds, signal }: SubmitOptions = {}) =>
    json<JobView>({
      method: 'POST',
      path,
      body,
      headers: { 'Idempotency-Key': idempotencyKey ?? random.id() },
      waitSeconds,
      signal,
    });

  return {
    submit: (request, submitOptions) => post('v1/jobs', request, submitOptions),
    get: async (id, { waitSeconds, signal } = {}) =>
      json<JobView>({ path: jobPath(id), waitSeconds, signal }),
    wait: (id, { signal } = {}) => waitForJob(http, id, signal),
    events: (id, followOptions) => followJob(http, id, { patienceMs, ...followOptions }),
    cancel: (id, { signal } = {}) => json<JobView>({ method: 'POST', path: jobPath(id, 'cancel'), signal }),
    merge: (id, strategy, submitOptions) => post(jobPath(id, 'merge'), { strategy }, submitOptions),
    list: (query = {}, { signal } = {}) => json<JobPage>({ path: `v1/jobs${queryOf(query)}`, signal }),
    delete: (id, { signal } = {}) =>
      http.request({ method: 'DELETE', path: jobPath(id), signal }, async () => {}),
    providers: ({ signal } = {}) => json<ProvidersView>({ path: 'v1/providers', signal }),
    status: ({ signal } = {}) => json<StatusView>({ path: 'v1/status', signal }),
  };
}
