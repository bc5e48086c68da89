import type { Clock } from '../../shared/ports/clock.ts';
import { BUSY_JOBS } from '../job/rounds.ts';
import { RecentMinimum } from './recent-minimum.ts';

/** How long the event loop leaves its sockets alone at most, by the shortest call of late. */
export const PAUSE_SHARE = 0.05;
export const MAX_PAUSE_MS = 50;
/** Shorter ones would wake the loop as often as its sockets do. */
export const MIN_PAUSE_MS = 2;
/** What is of late. */
const RECENT_MS = 10_000;
/**
 * How long it looks, at least: long enough for what its sockets have brought. What follows from that in later turns of
 * the loop, as a write that others may share, goes out with the next look: different steps of a job each in a row with
 * their like cost less than each job's steps one after the other.
 */
const LOOK_MS = 1;

export interface LoopPaceDeps {
  clock: Pick<Clock, 'monotonic' | 'after'>;
  /** How many are under way. */
  jobs: () => number;
  /** Blocks the thread for so many milliseconds. */
  block: (ms: number) => void;
}

/**
 * Where many jobs are under way, the event loop looks at its sockets by the clock, not whenever one of them has
 * something, as a network card moderates its interrupts: to wake up costs more than what most replies bring, and what
 * is handled together finds code and data in the processor's caches.
 */
export class LoopPace {
  readonly #deps: LoopPaceDeps;
  readonly #shortestCall: RecentMinimum;
  #isKept = false;
  #lookedAt = 0;

  constructor(deps: LoopPaceDeps) {
    this.#deps = deps;
    this.#shortestCall = new RecentMinimum(deps.clock, RECENT_MS);
  }

  /** Of a call that brought an answer after `ms`: the pace goes by how long answers take anyway. */
  learn(ms: number): void {
    this.#shortestCall.add(ms);
    if (this.#isKept || !this.#isWanted()) return;
    this.#isKept = true;
    this.#look();
  }

  #isWanted(): boolean {
    return this.#deps.jobs() >= BUSY_JOBS && this.#pauseMs() >= MIN_PAUSE_MS;
  }

  #pauseMs(): number {
    return Math.min(MAX_PAUSE_MS, PAUSE_SHARE * this.#shortestCall.value);
  }

  #look(): void {
    this.#lookedAt = this.#deps.clock.monotonic();
    this.#deps.clock.after(LOOK_MS, () => this.#pause());
  }

  #pause(): void {
    this.#isKept = this.#isWanted();
    if (!this.#isKept) return;
    const left = this.#pauseMs() - (this.#deps.clock.monotonic() - this.#lookedAt);
    if (left > 0) this.#deps.block(left);
    this.#look();
  }
}
