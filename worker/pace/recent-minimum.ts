import type { Clock } from '../../shared/ports/clock.ts';

/** The smallest of the values of the last `spanMs` milliseconds, or of up to twice as many. */
export class RecentMinimum {
  readonly #clock: Pick<Clock, 'monotonic'>;
  readonly #spanMs: number;
  #previous = Number.POSITIVE_INFINITY;
  #current = Number.POSITIVE_INFINITY;
  #currentEndsAt: number;

  constructor(clock: Pick<Clock, 'monotonic'>, spanMs: number) {
    this.#clock = clock;
    this.#spanMs = spanMs;
    this.#currentEndsAt = clock.monotonic() + spanMs;
  }

  add(value: number): void {
    this.#forget();
    this.#current = Math.min(this.#current, value);
  }

  /** Infinity where there was none. */
  get value(): number {
    this.#forget();
    return Math.min(this.#previous, this.#current);
  }

  #forget(): void {
    const late = this.#clock.monotonic() - this.#currentEndsAt;
    if (late < 0) return;
    this.#previous = late < this.#spanMs ? this.#current : Number.POSITIVE_INFINITY;
    this.#current = Number.POSITIVE_INFINITY;
    this.#currentEndsAt += this.#spanMs * (1 + Math.floor(late / this.#spanMs));
  }
}
