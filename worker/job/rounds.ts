import type { Clock } from '../../shared/ports/clock.ts';

/** From so many jobs on, answers come close enough together to be worth waiting for. */
export const BUSY_JOBS = 50;
/** What a poll of a busy worker waits, too; less than a percent of what models take. */
export const ROUND_MS = 25;

/**
 * Where many jobs are under way, answers are taken up in rounds: what follows from an answer (to read, merge and
 * store it) costs less for several in a row than for each by itself, and their writes share calls.
 */
export class Rounds {
  readonly #clock: Clock;
  readonly #jobs: () => number;
  #next: Promise<void> | undefined;

  /** `jobs`: how many are under way. */
  constructor(clock: Clock, jobs: () => number) {
    this.#clock = clock;
    this.#jobs = jobs;
  }

  /** Resolves at once, or within `ROUND_MS` together with all who wait for the same round. */
  async join(): Promise<void> {
    if (this.#jobs() < BUSY_JOBS) return;
    this.#next ??= new Promise((begin) => {
      this.#clock.after(ROUND_MS, () => {
        this.#next = undefined;
        begin();
      });
    });
    await this.#next;
  }
}
