import { EventEmitter, once } from 'node:events';
import { systemClock } from '../../../shared/adapters/system/system-clock.ts';
import type { Clock } from '../../../shared/ports/clock.ts';

/** Real time that knows how many sleep: who is gone must not leave a sleeper behind. */
export class CountingClock implements Clock {
  #sleeping = 0;
  readonly #changed = new EventEmitter().setMaxListeners(0);
  readonly #longestMs: number;

  /** @param longestMs No sleep lasts longer, so that a watch looks as often as a test likes. */
  constructor(longestMs = Number.POSITIVE_INFINITY) {
    this.#longestMs = longestMs;
  }

  now = systemClock.now;
  monotonic = systemClock.monotonic;
  nextTurn = systemClock.nextTurn;
  after = systemClock.after;

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    this.#count(1);
    try {
      await systemClock.sleep(Math.min(ms, this.#longestMs), signal);
    } finally {
      this.#count(-1);
    }
  }

  /** Resolves when at least so many sleep. */
  async whenSleeping(count: number): Promise<void> {
    while (this.#sleeping < count) await once(this.#changed, 'changed');
  }

  async whenNobodySleeps(): Promise<void> {
    while (this.#sleeping > 0) await once(this.#changed, 'changed');
  }

  #count(change: number): void {
    this.#sleeping += change;
    this.#changed.emit('changed');
  }
}
