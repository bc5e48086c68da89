import { DEADLINE_GRACE_MS } from '../../shared/contract/limits.ts';
import { isDone } from '../../shared/contract/states.ts';
import type { JobRecord } from '../../shared/job/record.ts';
import type { Clock } from '../../shared/ports/clock.ts';

const FIRST_LOOK_MS = 250;
const LONGEST_PAUSE_MS = 2000;
const GROWTH = 1.5;

/** Told of each change; `final` where no other follows. No job: it is gone. */
export type WatchListener = (job: JobRecord | undefined, final: boolean) => void;

export interface WatchDeps {
  clock: Clock;
  /** Reads the job as it stands, and ends it first where its time is over. */
  read: (id: string) => Promise<JobRecord | undefined>;
}

/** Looks at one job, for all who wait for it, more and more rarely until something changes. */
export class JobWatch {
  readonly #deps: WatchDeps;
  readonly #listeners = new Set<WatchListener>();
  readonly #stopped = new AbortController();
  #last: JobRecord;
  #lastWord: { job: JobRecord | undefined } | undefined;
  /** Why the latest look failed; undefined where it did not. */
  failure: unknown;

  constructor(deps: WatchDeps, job: JobRecord) {
    this.#deps = deps;
    this.#last = job;
  }

  get listeners(): number {
    return this.#listeners.size;
  }

  /** A newcomer that has read less than the watch is told at once; one that has read more tells the others. */
  add(job: JobRecord, listener: WatchListener): void {
    if (this.#lastWord) {
      listener(this.#lastWord.job, true);
      return;
    }
    this.#listeners.add(listener);
    if (job.revision < this.#last.revision) listener(this.#last, false);
    else this.#show(job);
  }

  remove(listener: WatchListener): void {
    this.#listeners.delete(listener);
  }

  /** Lets everybody go, with what is known. */
  close(): void {
    this.#finish(this.#last);
  }

  /** Ends without a word: nobody listens. */
  stop(): void {
    this.#stopped.abort();
  }

  /** Resolves when there is nothing more to see. */
  async run(): Promise<void> {
    let pauseMs = FIRST_LOOK_MS;
    while (await this.#sleeps(this.#untilNextLook(pauseMs))) {
      const revision = this.#last.revision;
      await this.#look();
      pauseMs = this.#last.revision > revision ? FIRST_LOOK_MS : Math.min(LONGEST_PAUSE_MS, pauseMs * GROWTH);
    }
  }

  /** A job's end is written by whoever looks first after its deadline: no pause goes beyond that. */
  #untilNextLook(pauseMs: number): number {
    const untilEndMs = this.#last.deadline_at + DEADLINE_GRACE_MS - this.#deps.clock.now();
    return untilEndMs > 0 ? Math.min(pauseMs, untilEndMs) : pauseMs;
  }

  async #sleeps(ms: number): Promise<boolean> {
    if (this.#stopped.signal.aborted) return false;
    try {
      await this.#deps.clock.sleep(ms, this.#stopped.signal);
      return true;
    } catch (error) {
      if (this.#stopped.signal.aborted) return false;
      throw error;
    }
  }

  /** A look that fails is kept for whoever gives up waiting, and made again. */
  async #look(): Promise<void> {
    try {
      const job = await this.#deps.read(this.#last.id);
      this.failure = undefined;
      if (!job) this.#finish(undefined);
      else this.#show(job);
    } catch (error) {
      this.failure = error;
    }
  }

  #show(job: JobRecord): void {
    if (job.revision <= this.#last.revision) return;
    this.#last = job;
    if (isDone(job.status)) this.#finish(job);
    else this.#tell(job, false);
  }

  #finish(job: JobRecord | undefined): void {
    if (this.#stopped.signal.aborted) return;
    this.#stopped.abort();
    this.#lastWord = { job };
    this.#tell(job, true);
  }

  #tell(job: JobRecord | undefined, final: boolean): void {
    for (const listener of [...this.#listeners]) listener(job, final);
  }
}
