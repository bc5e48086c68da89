import type { JobRun } from './job-run.ts';

/** Calls that outlive their job: they hold their provider's slot, not the job's. */
export class Stragglers {
  readonly #runs = new Map<JobRun, Promise<void>>();

  add(run: JobRun, ended: Promise<void>): void {
    const done = ended.finally(() => this.#runs.delete(run));
    this.#runs.set(run, done);
  }

  abort(): void {
    for (const run of this.#runs.keys()) run.abortCalls();
  }

  async ended(): Promise<void> {
    await Promise.all(this.#runs.values());
  }
}
