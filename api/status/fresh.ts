import type { Clock } from '../../shared/ports/clock.ts';

interface Kept<T> {
  at: number;
  value: Promise<T>;
}

/** Looks things up at most once every `freshMs` for each key: who asks meanwhile shares the answer. Failures are not kept. */
export class Fresh<T> {
  readonly #clock: Clock;
  readonly #freshMs: number;
  readonly #kept = new Map<string, Kept<T>>();

  constructor(clock: Clock, freshMs: number) {
    this.#clock = clock;
    this.#freshMs = freshMs;
  }

  get size(): number {
    return this.#kept.size;
  }

  get(key: string, look: () => Promise<T>): Promise<T> {
    const now = this.#clock.monotonic();
    for (const [other, { at }] of this.#kept) {
      if (now - at >= this.#freshMs) this.#kept.delete(other);
    }
    const kept = this.#kept.get(key);
    if (kept) return kept.value;
    const value = look();
    this.#kept.set(key, { at: now, value });
    value.catch(() => {
      if (this.#kept.get(key)?.value === value) this.#kept.delete(key);
    });
    return value;
  }
}
