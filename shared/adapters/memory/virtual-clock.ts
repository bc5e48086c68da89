import type { Clock } from '../../ports/clock.ts';

/** A few things that follow from each other may each take one. */
const TURNS = 8;

interface Timer {
  at: number;
  order: number;
  fire: () => void;
}

/** Time that moves only when told to. */
export class VirtualClock implements Clock {
  readonly #start: number;
  #elapsed = 0;
  #order = 0;
  #timers: Timer[] = [];

  constructor(start = Date.UTC(2026, 0, 1)) {
    this.#start = start;
  }

  now(): number {
    return this.#start + this.#elapsed;
  }

  monotonic(): number {
    return this.#elapsed;
  }

  nextTurn(): Promise<void> {
    return new Promise((resolve) => setImmediate(resolve));
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return Promise.reject(signal.reason);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const abort = () => {
      cancel();
      reject(signal?.reason);
    };
    const cancel = this.after(ms, () => {
      signal?.removeEventListener('abort', abort);
      resolve();
    });
    signal?.addEventListener('abort', abort, { once: true });
    return promise;
  }

  after(ms: number, fire: () => void): () => void {
    const timer: Timer = { at: this.#elapsed + Math.max(0, ms), order: this.#order++, fire };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** Sleepers that have not been woken: a test that ends with one has leaked it. */
  get sleeping(): number {
    return this.#timers.length;
  }

  /** Wakes, in order, all that are due within `ms`, letting each one's consequences run before the next. */
  async advance(ms: number): Promise<void> {
    const until = this.#elapsed + ms;
    await settle();
    for (let timer = this.#next(until); timer; timer = this.#next(until)) {
      this.#timers = this.#timers.filter((other) => other !== timer);
      this.#elapsed = Math.max(this.#elapsed, timer.at);
      timer.fire();
      await settle();
    }
    this.#elapsed = until;
  }

  /** Advances by the next sleeper's time until `condition` holds. */
  async until(condition: () => boolean, withinMs = 3_600_000): Promise<void> {
    const limit = this.#elapsed + withinMs;
    await settle();
    while (!condition()) {
      const timer = this.#next(limit);
      if (!timer) throw new Error(`the condition did not come true within ${withinMs} virtual ms`);
      await this.advance(timer.at - this.#elapsed);
    }
  }

  #next(until: number): Timer | undefined {
    return this.#timers
      .filter((timer) => timer.at <= until)
      .sort((a, b) => a.at - b.at || a.order - b.order)[0];
  }
}

/** Lets every promise that can settle without time passing do so. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
