import { isDone } from '../../shared/contract/states.ts';
import type { JobRecord } from '../../shared/job/record.ts';
import { JobWatch, type WatchDeps, type WatchListener } from './job-watch.ts';

export interface Subscription {
  /** Why the job could not be read when it was last looked at. */
  failure(): unknown;
  end(): void;
}

/** One watch for a job in this process, shared by all who wait for it; it ends when nobody does. */
export class JobWatchers {
  readonly #deps: WatchDeps;
  readonly #watches = new Map<string, JobWatch>();
  #closed = false;

  constructor(deps: WatchDeps) {
    this.#deps = deps;
  }

  get watched(): number {
    return this.#watches.size;
  }

  /** `job` is what the caller has seen; `listener` is told of what comes after, perhaps before this returns. */
  subscribe(job: JobRecord, listener: WatchListener): Subscription {
    if (this.#closed || isDone(job.status)) {
      listener(job, true);
      return { failure: () => undefined, end: () => {} };
    }
    const watch = this.#watches.get(job.id) ?? this.#start(job);
    watch.add(job, listener);
    return {
      failure: () => watch.failure,
      end: () => {
        watch.remove(listener);
        if (watch.listeners > 0) return;
        watch.stop();
        this.#forget(job.id, watch);
      },
    };
  }

  /** Lets all who wait go, with what is known; from now on nobody waits. */
  close(): void {
    this.#closed = true;
    for (const watch of [...this.#watches.values()]) watch.close();
  }

  #start(job: JobRecord): JobWatch {
    const watch = new JobWatch(this.#deps, job);
    this.#watches.set(job.id, watch);
    void watch.run().finally(() => this.#forget(job.id, watch));
    return watch;
  }

  #forget(id: string, watch: JobWatch): void {
    if (this.#watches.get(id) === watch) this.#watches.delete(id);
  }
}
