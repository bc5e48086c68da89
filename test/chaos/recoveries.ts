import { setTimeout as wait } from 'node:timers/promises';
import { isDone } from '../../shared/contract/states.ts';
import type { JobRecord } from '../../shared/job/record.ts';
import type { Store } from '../../shared/ports/store.ts';
import { isSuspect } from '../../worker/job/suspects.ts';
import type { Fault } from './plan-faults.ts';

/** How long a job of a killed worker had nobody. */
export interface Recovery {
  job_id: string;
  worker: string;
  ms: number;
  /** Nothing else was wrong meanwhile, and the queue still had its message. */
  clean: boolean;
}

/** Something that went wrong, from when to when (epoch milliseconds); `to` is absent while it lasts. */
export interface Disturbance {
  what: Fault['kind'] | 'poison';
  from: number;
  to?: number;
}

export interface RecoveryOptions {
  /** What went wrong less than this before a kill still tells on it. */
  leadMs: number;
  claimCap: number;
}

const LOOK_MS = 200;
/** Open jobs, at most, that a killed worker is looked for in. */
const OPEN_JOBS_MAX = 5000;
/** A store that is down is asked for this long whose jobs they were. */
const PATIENCE_MS = 5000;

/** Measures from each kill until another worker has claimed, or somebody has ended, the jobs that were held. */
export class Recoveries {
  readonly measured: Recovery[] = [];
  /** Kills whose jobs could not be told, as the table did not answer. */
  unmeasured = 0;
  readonly #store: Store;
  readonly #disturbances: readonly Disturbance[];
  readonly #options: RecoveryOptions;
  readonly #watches: Promise<void>[] = [];

  constructor(store: Store, disturbances: readonly Disturbance[], options: RecoveryOptions) {
    this.#store = store;
    this.#disturbances = disturbances;
    this.#options = options;
  }

  /** To be told right after a worker was killed. */
  watch(worker: { name: string; ownerId: string | undefined }, own: Disturbance): void {
    this.#watches.push(this.#watch({ ...worker }, own));
  }

  async done(): Promise<void> {
    await Promise.all(this.#watches);
  }

  async #watch(worker: { name: string; ownerId: string | undefined }, own: Disturbance): Promise<void> {
    const held = await this.#ask(() => this.#heldBy(worker.ownerId));
    if (!held) {
      this.unmeasured += 1;
      return;
    }
    for (let open = held; open.length > 0; ) {
      const now = (await this.#ask(() => this.#store.getJobs(open.map(({ id }) => id)))) ?? [];
      open = open.filter((before, index) => !this.#isTaken(before, now[index], worker.name, own));
      if (open.length > 0) await wait(LOOK_MS);
    }
  }

  #isTaken(before: JobRecord, now: JobRecord | undefined, worker: string, own: Disturbance): boolean {
    if (!now || now.fence === before.fence) return false;
    const at = (isDone(now.status) ? now.finished_at : now.claimed_at) ?? Date.now();
    // A job that may have killed its workers waits for its turn to be run alone.
    const waits = isSuspect(before, this.#options.claimCap);
    const clean =
      !waits &&
      !this.#disturbances.some((other) => other !== own && this.#tellsOn(other, before, own.from, at));
    this.measured.push({ job_id: before.id, worker, ms: Math.max(0, at - own.from), clean });
    return true;
  }

  #tellsOn({ what, from, to }: Disturbance, job: JobRecord, killedAt: number, takenAt: number): boolean {
    // A message that was lost with the queue comes again by the sweeper only.
    const since = what === 'restart_sqs' ? job.created_at : killedAt - this.#options.leadMs;
    return from <= takenAt && (to ?? takenAt) >= since;
  }

  async #heldBy(ownerId: string | undefined): Promise<JobRecord[]> {
    const ids = await this.#store.dueJobs(Number.MAX_SAFE_INTEGER, OPEN_JOBS_MAX);
    const jobs = await this.#store.getJobs(ids);
    return jobs.filter(
      (job) => job?.owner !== undefined && job.owner === ownerId && !isDone(job.status),
    ) as JobRecord[];
  }

  /** Undefined where the table does not answer for long. */
  async #ask<T>(question: () => Promise<T>): Promise<T | undefined> {
    for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await wait(LOOK_MS)) {
      try {
        return await question();
      } catch {
        // The table is down too: it is asked again.
      }
    }
    return undefined;
  }
}
