import type { Clock } from '../../shared/ports/clock.ts';

const START = Date.UTC(2026, 0, 1);

interface Timer {
  at: number;
  order: number;
  fire: () => void;
}

/** Virtual time for a whole world: what is scheduled happens in order, with all its consequences, one after the other. */
export class SimTime {
  #elapsed = 0;
  #order = 0;
  #timers: Timer[] = [];

  get elapsed(): number {
    return this.#elapsed;
  }

  /** Returns what takes it back. */
  schedule(ms: number, fire: () => void): () => void {
    const timer = { at: this.#elapsed + Math.max(0, ms), order: this.#order++, fire };
    // Kept sorted: few are outstanding at a time.
    let index = this.#timers.length;
    while (index > 0 && (this.#timers[index - 1] as Timer).at > timer.at) index -= 1;
    this.#timers.splice(index, 0, timer);
    return () => {
      const found = this.#timers.indexOf(timer);
      if (found >= 0) this.#timers.splice(found, 1);
    };
  }

  delay(ms: number): Promise<void> {
    return new Promise((resolve) => void this.schedule(ms, resolve));
  }

  /** Lets time pass up to `until` (elapsed ms), or until `done`. */
  async run(until: number, done: () => boolean = () => false): Promise<void> {
    await settle();
    while (!done()) {
      const next = this.#timers[0];
      if (!next || next.at > until) break;
      this.#timers.shift();
      this.#elapsed = next.at;
      next.fire();
      await settle();
    }
    if (!done()) this.#elapsed = Math.max(this.#elapsed, until);
  }
}

/**
 * Nothing in the world does input or output: what ticks after every promise that can be settled has been finds a
 * world that stands still. (A turn of the event loop would do too, at four times the price.)
 */
function settle(): Promise<void> {
  return new Promise((resolve) => process.nextTick(resolve));
}

/** One process of the world: it can die, and it can stand still for a while, as under SIGKILL and SIGSTOP. */
export class SimNode implements Clock {
  readonly name: string;
  readonly #time: SimTime;
  readonly #skewMs: number;
  #dead = false;
  #thawAt = 0;
  /** Sleepers that were neither woken nor aborted. */
  sleeping = 0;

  constructor(name: string, time: SimTime, skewMs = 0) {
    this.name = name;
    this.#time = time;
    this.#skewMs = skewMs;
  }

  get isDead(): boolean {
    return this.#dead;
  }

  get isFrozen(): boolean {
    return !this.#dead && this.#thawAt > this.#time.elapsed;
  }

  kill(): void {
    this.#dead = true;
  }

  freeze(ms: number): void {
    this.#thawAt = Math.max(this.#thawAt, this.#time.elapsed + ms);
  }

  now(): number {
    return START + this.#time.elapsed + this.#skewMs;
  }

  monotonic(): number {
    return this.#time.elapsed;
  }

  /** Runs `deliver` in this process: never where it is dead, later where it stands still. */
  deliver(deliver: () => void): void {
    if (this.#dead) return;
    const frozenMs = this.#thawAt - this.#time.elapsed;
    if (frozenMs > 0) this.#time.schedule(frozenMs, () => this.deliver(deliver));
    else deliver();
  }

  nextTurn(): Promise<void> {
    return this.sleep(0);
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return Promise.reject(signal.reason);
    return new Promise((resolve, reject) => {
      const abort = () => {
        cancel();
        reject(signal?.reason);
      };
      const cancel = this.after(ms, () => {
        signal?.removeEventListener('abort', abort);
        resolve();
      });
      signal?.addEventListener('abort', abort, { once: true });
    });
  }

  after(ms: number, fire: () => void): () => void {
    let isOver = false;
    const end = () => {
      if (isOver) return false;
      isOver = true;
      this.sleeping -= 1;
      return true;
    };
    this.sleeping += 1;
    // Where the process stands still, it is taken back in between.
    const cancel = this.#time.schedule(ms, () => this.deliver(() => end() && fire()));
    return () => void (end() && cancel());
  }
}
