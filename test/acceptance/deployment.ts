import { setTimeout as sleep } from 'node:timers/promises';
import type { JobView } from '../../shared/contract/job.ts';

const REQUEST_TIMEOUT_MS = 60_000;
const POLL_MS = 1000;

export interface Reply {
  status: number;
  headers: Headers;
  text: string;
}

/** What a check found otherwise than it should be. */
export class Unacceptable extends Error {}

/** Throws `Unacceptable`, with what came instead, where `holds` is false. */
export function insist(holds: boolean, wanted: string, reply?: Reply): asserts holds {
  if (holds) return;
  const came = reply ? `; it answered ${reply.status} ${reply.text.slice(0, 500)}` : '';
  throw new Unacceptable(`wanted: ${wanted}${came}`);
}

export function jsonOf<T>(reply: Reply): T {
  try {
    return JSON.parse(reply.text) as T;
  } catch {
    throw new Unacceptable(`wanted: JSON; it answered ${reply.status} ${reply.text.slice(0, 500)}`);
  }
}

/** A service somewhere, asked as a client with a key asks it. */
export class Deployment {
  readonly url: URL;
  /** Undefined: the service is said to want none. */
  readonly key: string | undefined;
  /** How long a job may take; from no worker at all, a first one takes minutes to start. */
  readonly patienceMs: number;

  constructor(url: string, { key, patienceMs }: { key: string | undefined; patienceMs: number }) {
    this.url = new URL(url);
    this.key = key;
    this.patienceMs = patienceMs;
  }

  /** `key: null` asks without one. */
  async ask(path: string, init: RequestInit = {}, key: string | null = this.key ?? null): Promise<Reply> {
    const headers = new Headers(init.headers);
    if (key !== null) headers.set('authorization', `Bearer ${key}`);
    const signal = AbortSignal.timeout(REQUEST_TIMEOUT_MS);
    const response = await fetch(new URL(path, this.url), { redirect: 'manual', signal, ...init, headers });
    return { status: response.status, headers: response.headers, text: await response.text() };
  }

  post(path: string, body: object, headers: Record<string, string> = {}): Promise<Reply> {
    return this.ask(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  }

  /** A question of its own for each check: nothing comes from the cache, and the deadline outlasts a cold start. */
  async submit(overrides: object = {}, headers: Record<string, string> = {}): Promise<Reply> {
    const question = 'In one sentence: what is a virtual private cloud?';
    const deadline = Math.min(900, Math.max(30, Math.round(this.patienceMs / 1000)));
    return this.post(
      '/v1/jobs',
      { question, cache: false, deadline_seconds: deadline, ...overrides },
      headers,
    );
  }

  /** Polls until the job is done. */
  async end(id: string): Promise<JobView> {
    const until = performance.now() + this.patienceMs + 10_000;
    while (performance.now() < until) {
      const reply = await this.ask(`/v1/jobs/${id}`);
      insist(reply.status === 200, `the job ${id} to be shown`, reply);
      const job = jsonOf<JobView>(reply);
      if (job.done) return job;
      await sleep(POLL_MS);
    }
    throw new Unacceptable(`wanted: job ${id} to end within ${this.patienceMs / 1000} s and 10 s`);
  }

  /** The events of a job, as they come, until its stream ends. */
  async events(id: string): Promise<{ type: string; job: JobView }[]> {
    const signal = AbortSignal.timeout(this.patienceMs + 10_000);
    const headers: Record<string, string> = { accept: 'text/event-stream' };
    if (this.key !== undefined) headers.authorization = `Bearer ${this.key}`;
    const response = await fetch(new URL(`/v1/jobs/${id}/events`, this.url), { headers, signal });
    const reply = { status: response.status, headers: response.headers, text: await response.text() };
    const type = response.headers.get('content-type') ?? '';
    insist(reply.status === 200 && type.startsWith('text/event-stream'), 'a stream of events', reply);
    const fields = (event: string, name: string) =>
      event
        .split('\n')
        .flatMap((line) => (line.startsWith(`${name}:`) ? [line.slice(name.length + 1).trim()] : []));
    return reply.text.split('\n\n').flatMap((event) => {
      const [data] = fields(event, 'data');
      if (data === undefined) return [];
      return [{ type: fields(event, 'event')[0] ?? '', job: (JSON.parse(data) as { job: JobView }).job }];
    });
  }
}
