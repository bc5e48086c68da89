import type { Clock } from '../../shared/ports/clock.ts';

/** From so many jobs on, answers come close enough together to be worth waiting for. */
export const BUSY_JOBS = 30;
/** How long an answer waits at most, by what its call took: until it is stored a crash loses it, as it loses calls. */
export const ROUND_SHARE = 0.025;
export const MAX_ROUND_MS = 25;

interface Round {
  over: Promise<void>;
  end: () => void;
  /** Monotonic milliseconds. */
  endsAt: number;
  cancelEnd: () => void;
}

/**
 * Where many jobs are under way, answers are taken up in rounds: what follows from an answer (to read, merge and
 * store it) costs less for several in a row than for each by itself, and their writes share calls.
 */
export class Rounds {
  readonly #clock: Clock;
  readonly #jobs: () => number;
  #round: Round | undefined;

  /** `jobs`: how many are under way. */
  constructor(clock: Clock, jobs: () => number) {
    this.#clock = clock;
    this.#jobs = jobs;
  }

  /** Resolves at once, or together with all who wait for the same round: as soon as the first of them can't wait. */
  join(callMs: number): Promise<void> {
    if (this.#jobs() < BUSY_JOBS) return Promise.resolve();
    const round = this.#round ?? this.#begin();
    this.#round = round;
    this.#endWithin(round, Math.min(MAX_ROUND_MS, ROUND_SHARE * callMs));
    return round.over;
  }

  #begin(): Round {
    const { promise: over, resolve } = Promise.withResolvers<void>();
    const end = () => {
      this.#round = undefined;
      resolve();
    };
    return { over, end, endsAt: Number.POSITIVE_INFINITY, cancelEnd: () => {} };
  }

  #endWithin(round: Round, ms: number): void {
    const endsAt = this.#clock.monotonic() + ms;
    if (endsAt >= round.endsAt) return;
    round.cancelEnd();
    round.endsAt = endsAt;
    round.cancelEnd = this.#clock.after(ms, round.end);
  }
}
