import { setTimeout as wait } from 'node:timers/promises';
import type { JobView } from '../../shared/contract/job.ts';
import type { PlannedJob } from './plan-jobs.ts';
import { questionOf } from './questions.ts';

/** What became of one job of the plan, as its client saw it. Times are epoch milliseconds. */
export interface Followed {
  job: PlannedJob;
  /** Absent where no submit of it was accepted. */
  id?: string;
  /** Submits that were not accepted, and why. */
  refusals: string[];
  deadline_at?: number;
  /** When a poll first showed its end. */
  ended_at?: number;
  /** A poll after `deadline_at` and its grace still showed it open, or did not know it: what that poll said. */
  lost?: string;
}

export interface LoadOptions {
  address: string;
  perSecond: number;
  /** Told of each 202, with how many there were. */
  onAccepted: (count: number) => void;
}

const RETRY_MS = 400;
const REQUEST_TIMEOUT_MS = 15_000;
/** A client gives up on a submit after this long. */
const PATIENCE_MS = 60_000;
const FIRST_POLL_MS = 1000;
const NEXT_POLL_MS = 2000;
/** A poll this long after `deadline_at` has to show the end. */
export const END_GRACE_MS = 2000;

interface Response {
  /** 0 where there was no response; `body` then says why. */
  status: number;
  body: unknown;
}

function reasonOf({ status, body }: Response): string {
  if (status === 0) return String(body);
  return `${status} ${(body as { code?: string }).code ?? ''}`.trim();
}

/** The word for what broke a request: the cause of fetch's own error, where there is one. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error as { cause?: { code?: string } };
  return cause?.code ?? error.name;
}

/** The clients: submits at a steady pace, each with a key, and polls every job to its end. */
export class Load {
  readonly followed: Followed[] = [];
  readonly #options: LoadOptions;
  #accepted = 0;

  constructor(options: LoadOptions) {
    this.#options = options;
  }

  get accepted(): number {
    return this.#accepted;
  }

  /** Resolves once every job that was accepted has ended, or is known to be lost. `signal` ends the submits. */
  async run(plan: Iterable<PlannedJob>, signal?: AbortSignal): Promise<void> {
    const beganAt = performance.now();
    const ends: Promise<void>[] = [];
    for (const job of plan) {
      const dueMs = beganAt + (ends.length * 1000) / this.#options.perSecond - performance.now();
      if (dueMs > 0) await wait(dueMs);
      if (signal?.aborted) break;
      ends.push(this.#live(job));
    }
    await Promise.all(ends);
  }

  async #live(job: PlannedJob): Promise<void> {
    const followed: Followed = { job, refusals: [] };
    this.followed.push(followed);
    await this.#submit(followed);
    if (followed.id !== undefined) await this.#follow(followed);
  }

  async #submit(followed: Followed): Promise<void> {
    const { number, mode, strategy, deadline_seconds } = followed.job;
    const body = { question: questionOf(number), mode, strategy, deadline_seconds, cache: false };
    for (const until = Date.now() + PATIENCE_MS; Date.now() < until; ) {
      const response = await this.#ask('/v1/jobs', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': `job-${number}` },
        body: JSON.stringify(body),
      });
      if (response.status === 202) {
        const view = response.body as JobView;
        followed.id = view.id;
        followed.deadline_at = Date.parse(view.deadline_at);
        this.#accepted += 1;
        this.#options.onAccepted(this.#accepted);
        return;
      }
      followed.refusals.push(reasonOf(response));
      await wait(RETRY_MS);
    }
  }

  async #follow(followed: Followed): Promise<void> {
    const lastPollAt = (followed.deadline_at as number) + END_GRACE_MS;
    await wait(FIRST_POLL_MS);
    while (!(await this.#poll(followed, lastPollAt))) {
      const untilLastMs = lastPollAt - Date.now();
      await wait(untilLastMs > 0 ? Math.min(NEXT_POLL_MS, untilLastMs) : RETRY_MS);
    }
  }

  /** True where nothing more is to be learned by polling. */
  async #poll(followed: Followed, lastPollAt: number): Promise<boolean> {
    const polledAt = Date.now();
    const response = await this.#ask(`/v1/jobs/${followed.id}`, {});
    const view = response.status === 200 ? (response.body as JobView) : undefined;
    if (response.status === 404) followed.lost = 'a poll says 404';
    else if (view?.done) followed.ended_at = Date.now();
    else if (view && polledAt >= lastPollAt) followed.lost = `still ${view.status}`;
    return followed.lost !== undefined || followed.ended_at !== undefined;
  }

  /** Whatever breaks a request, the client does what clients do: it asks again. */
  async #ask(path: string, init: RequestInit): Promise<Response> {
    try {
      const signal = AbortSignal.timeout(REQUEST_TIMEOUT_MS);
      const response = await fetch(`${this.#options.address}${path}`, { ...init, signal });
      return { status: response.status, body: await response.json() };
    } catch (error) {
      return { status: 0, body: codeOf(error) };
    }
  }
}
