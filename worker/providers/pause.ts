import type { Outcome } from '../../shared/contract/outcome.ts';
import type { Clock } from '../../shared/ports/clock.ts';

const FIRST_MS = 1000;
const LONGEST_MS = 30_000;

/**
 * A provider that limits our rate is left alone, by all jobs of this worker at once, for as long as it asked for;
 * where it did not say, for ever longer until it admits a call again.
 */
export class Pause {
  readonly #clock: Clock;
  #until = 0;
  #refusals = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get leftMs(): number {
    return Math.max(0, this.#until - this.#clock.monotonic());
  }

  /** Tells how a call ended that began at `beganAt` (monotonic ms). */
  record(outcome: Outcome, beganAt: number, retryAfterMs: number | undefined): void {
    if (outcome === 'ok' || outcome === 'truncated') this.#refusals = 0;
    if (outcome !== 'rate_limited') return;
    // Calls refused together are one refusal.
    if (beganAt >= this.#until) this.#refusals += 1;
    const ms = retryAfterMs ?? FIRST_MS * 2 ** Math.min(10, this.#refusals - 1);
    this.#until = Math.max(this.#until, this.#clock.monotonic() + Math.min(LONGEST_MS, ms));
  }

  /** Resolves once calls may be made again; rejects with `signal.reason` on abort. */
  async over(signal: AbortSignal): Promise<void> {
    while (this.leftMs > 0) await this.#clock.sleep(this.leftMs, signal);
  }
}
