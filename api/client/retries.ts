import type { Clock, Random } from '../../shared/ports/clock.ts';
import { ApiError, NetworkError } from './errors.ts';

const BACKOFF_MS = { first: 250, max: 5000 };
/** Too early, too many, or nobody home: the same request may do better later. */
const TRANSIENT = [408, 429, 502, 503, 504];

export interface Patience {
  /** How long, in milliseconds, to try again what fails; what asks for a longer pause fails at once. */
  patienceMs: number;
  signal?: AbortSignal | undefined;
  /** Told of each failure that is followed by another try. */
  onFailure?: (() => void) | undefined;
}

export interface Pacing {
  clock: Clock;
  random: Random;
}

/** True where the server holds no more responses open; a job can be polled without waiting all the same. */
export function lacksRoom(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'too_many_streams';
}

/** True for failures that say nothing about the request itself. */
export function isTransient(error: unknown): error is ApiError | NetworkError {
  if (error instanceof NetworkError) return true;
  return error instanceof ApiError && TRANSIENT.includes(error.status) && !lacksRoom(error);
}

/** Exponential, with half of it left to chance, so that clients that failed together do not return together. */
export function retryDelayMs(error: ApiError | NetworkError, failures: number, random: Random): number {
  const backoffMs = Math.min(BACKOFF_MS.max, BACKOFF_MS.first * 2 ** failures) * (0.5 + random.float() / 2);
  const askedMs = error instanceof ApiError ? (error.retryAfterSeconds ?? 0) * 1000 : 0;
  return Math.max(askedMs, backoffMs);
}

/** Tries until `attempt` succeeds, fails for good or patience is over; then rejects with the last failure. */
export async function withRetries<T>(
  { clock, random }: Pacing,
  { patienceMs, signal, onFailure }: Patience,
  attempt: () => Promise<T>,
): Promise<T> {
  const untilMs = clock.monotonic() + patienceMs;
  for (let failures = 0; ; failures += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!isTransient(error)) throw error;
      const delayMs = retryDelayMs(error, failures, random);
      if (clock.monotonic() + delayMs > untilMs) throw error;
      onFailure?.();
      await clock.sleep(delayMs, signal);
    }
  }
}
