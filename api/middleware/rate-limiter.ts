import type { Clock } from '../../shared/ports/clock.ts';

export interface RateVerdict {
  admitted: boolean;
  /** Requests that would be admitted right now. */
  remaining: number;
  /** Until the whole quota is there again. */
  resetSeconds: number;
  /** Until the next request is admitted; 0 where one would be now. */
  retryAfterSeconds: number;
}

interface Bucket {
  tokens: number;
  atMs: number;
}

const WINDOW_MS = 60_000;

/** A token bucket for each client: `perMinute` at once, and as many a minute after that. */
export class RateLimiter {
  readonly #perMinute: number;
  readonly #clock: Clock;
  readonly #maxClients: number;
  readonly #buckets = new Map<string, Bucket>();

  constructor(deps: { perMinute: number; clock: Clock; maxClients?: number }) {
    this.#perMinute = deps.perMinute;
    this.#clock = deps.clock;
    this.#maxClients = deps.maxClients ?? 10_000;
  }

  get clients(): number {
    return this.#buckets.size;
  }

  take(client: string): RateVerdict {
    const bucket = this.#refilled(client);
    const admitted = bucket.tokens >= 1;
    if (admitted) bucket.tokens -= 1;
    this.#keep(client, bucket);
    return {
      admitted,
      remaining: Math.floor(bucket.tokens),
      resetSeconds: this.#secondsUntil(this.#perMinute, bucket),
      retryAfterSeconds: this.#secondsUntil(1, bucket),
    };
  }

  #refilled(client: string): Bucket {
    const nowMs = this.#clock.monotonic();
    const bucket = this.#buckets.get(client);
    if (!bucket) return { tokens: this.#perMinute, atMs: nowMs };
    const gained = ((nowMs - bucket.atMs) / WINDOW_MS) * this.#perMinute;
    return { tokens: Math.min(this.#perMinute, bucket.tokens + gained), atMs: nowMs };
  }

  /** The client that asked longest ago goes first when there are too many: its bucket is the fullest. */
  #keep(client: string, bucket: Bucket): void {
    this.#buckets.delete(client);
    this.#buckets.set(client, bucket);
    if (this.#buckets.size <= this.#maxClients) return;
    const [longestAgo] = this.#buckets.keys();
    if (longestAgo !== undefined) this.#buckets.delete(longestAgo);
  }

  #secondsUntil(tokens: number, bucket: Bucket): number {
    const missing = Math.max(0, tokens - bucket.tokens);
    return Math.ceil(((missing / this.#perMinute) * WINDOW_MS) / 1000);
  }
}
