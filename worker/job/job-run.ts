import { isDone } from '../../shared/contract/states.ts';
import type { JobRecord, StoredAnswer } from '../../shared/job/record.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import { JobWriter, type SendWrite } from './job-writer.ts';

/** Why a run makes no further decision. Only after `ended` may its calls go on: their answers are late, and kept. */
export type StopCause = 'canceled' | 'lost' | 'shutdown' | 'ended';

export class RunStopped extends Error {
  readonly stopCause: StopCause;

  constructor(stopCause: StopCause) {
    super(`the run was stopped: ${stopCause}`);
    this.name = 'RunStopped';
    this.stopCause = stopCause;
  }
}

/** Made once: an error of its own, with a stack, for each end would tell no more. */
const STOPPED: Record<StopCause, RunStopped> = {
  canceled: new RunStopped('canceled'),
  lost: new RunStopped('lost'),
  shutdown: new RunStopped('shutdown'),
  ended: new RunStopped('ended'),
};

/** One claimed job in this process: its fence, its writes, and the signals that end its waiting and its calls. */
export class JobRun {
  readonly id: string;
  readonly writer: JobWriter;
  readonly #fence: number;
  readonly #decisions = new AbortController();
  readonly #calls = new AbortController();
  readonly #arrived = new Map<string, StoredAnswer>();
  #leases = 0;

  constructor(job: JobRecord, send: SendWrite, clock: Clock) {
    this.id = job.id;
    this.#fence = job.fence;
    this.writer = new JobWriter(job, send, { clock, observe: (seen) => this.observe(seen) });
  }

  get job(): JobRecord {
    return this.writer.job;
  }

  /** By provider: what is stored, and what is on its way into the table. */
  get answers(): Readonly<Record<string, StoredAnswer>> {
    if (this.#arrived.size === 0) return this.job.answers;
    const answers = { ...this.job.answers };
    for (const [provider, answer] of this.#arrived) answers[provider] ??= answer;
    return answers;
  }

  /** An answer counts while it is being stored; resolves, or rejects, as `stored` does. */
  async countWhileStored<T>(provider: string, answer: StoredAnswer, stored: Promise<T>): Promise<T> {
    this.#arrived.set(provider, answer);
    try {
      return await stored;
    } finally {
      this.#arrived.delete(provider);
    }
  }

  /** Aborts, with `RunStopped`, when there is nothing more to decide but how the job is left. */
  get signal(): AbortSignal {
    return this.#decisions.signal;
  }

  /** Aborts when calls under way must end. */
  get callSignal(): AbortSignal {
    return this.#calls.signal;
  }

  get stopCause(): StopCause | undefined {
    return this.signal.aborted ? (this.signal.reason as RunStopped).stopCause : undefined;
  }

  stop(stopCause: StopCause): void {
    this.#decisions.abort(STOPPED[stopCause]);
    if (stopCause !== 'ended') this.abortCalls();
  }

  abortCalls(): void {
    this.#calls.abort(STOPPED[this.stopCause ?? 'ended']);
  }

  /** A run holds as long as one of the messages that brought its job does. */
  addLease(lost: AbortSignal): void {
    this.#leases += 1;
    const lose = () => {
      this.#leases -= 1;
      if (this.#leases === 0) this.stop('lost');
    };
    if (lost.aborted) lose();
    else lost.addEventListener('abort', lose, { once: true });
  }

  /** Learns from whatever was read of the job: canceled, ended, or somebody else's. */
  observe(job: JobRecord | undefined): void {
    if (!job || job.deleted) this.stop('lost');
    else if (isDone(job.status)) this.stop('ended');
    else if (job.fence !== this.#fence) this.stop('lost');
    else if (job.status === 'canceling') this.stop('canceled');
    if (job) this.writer.see(job);
  }
}
