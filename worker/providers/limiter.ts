import pLimit from 'p-limit';
import type { Outcome } from '../../shared/contract/outcome.ts';
import type { Clock } from '../../shared/ports/clock.ts';

/** Gives the slot back; a second call does nothing. */
export type Release = () => void;

export interface LimiterState {
  /** Slots at present, in [1, max]. */
  concurrency: number;
  max: number;
  active: number;
  waiting: number;
}

export interface Limiter {
  /** Resolves with a slot, in order of asking; rejects with `signal.reason` at once on abort. */
  acquire(signal: AbortSignal): Promise<Release>;
  /** A slot if one is free now. */
  tryAcquire(): Release | undefined;
  /** Tells how a call ended, so that the number of slots follows the provider. */
  record(outcome: Outcome): void;
  state(): LimiterState;
}

export interface LimiterOptions {
  /** Slots at the start and at most. */
  max: number;
  clock: Clock;
  /** Calls that fail together are one event: slots are halved once in this time. */
  cutWindowMs?: number;
}

/**
 * The slots of one provider. Additive increase, multiplicative decrease, as TCP's congestion avoidance
 * (RFC 5681): a full round of successes adds one slot, a provider that pushes back halves them.
 */
export function createLimiter({ max, clock, cutWindowMs = 5000 }: LimiterOptions): Limiter {
  const limit = pLimit(max);
  let allowance = max;
  let lastCutAt = Number.NEGATIVE_INFINITY;
  let active = 0;
  let waiting = 0;

  const setAllowance = (value: number) => {
    allowance = Math.min(max, Math.max(1, value));
    const concurrency = Math.floor(allowance);
    if (concurrency !== limit.concurrency) limit.concurrency = concurrency;
  };

  const hold = (): { release: Release; held: Promise<void> } => {
    active++;
    const { promise: held, resolve: free } = Promise.withResolvers<void>();
    let isHeld = true;
    const release = () => {
      if (!isHeld) return;
      isHeld = false;
      active--;
      free();
    };
    return { release, held };
  };

  const acquire = (signal: AbortSignal): Promise<Release> => {
    if (signal.aborted) return Promise.reject(signal.reason);
    const { promise, resolve, reject } = Promise.withResolvers<Release>();
    waiting++;
    const leave = () => {
      waiting--;
      signal.removeEventListener('abort', giveUp);
    };
    const giveUp = () => {
      leave();
      reject(signal.reason);
    };
    signal.addEventListener('abort', giveUp);
    limit(() => {
      // p-limit can't drop one waiter: an aborted one passes through when its turn comes.
      if (signal.aborted) return;
      leave();
      const { release, held } = hold();
      resolve(release);
      return held;
    });
    return promise;
  };

  const tryAcquire = (): Release | undefined => {
    // Queued entries go first, so that a caller who waits is never overtaken.
    if (limit.pendingCount > 0 || limit.activeCount >= limit.concurrency) return undefined;
    const { release, held } = hold();
    limit(() => held);
    return release;
  };

  const record = (outcome: Outcome) => {
    if (outcome === 'ok' || outcome === 'truncated') {
      setAllowance(allowance + 1 / allowance);
    } else if (outcome === 'rate_limited' || outcome === 'overloaded') {
      const now = clock.monotonic();
      if (now - lastCutAt < cutWindowMs) return;
      lastCutAt = now;
      setAllowance(Math.floor(allowance / 2));
    }
  };

  const state = () => ({ concurrency: limit.concurrency, max, active, waiting });
  return { acquire, tryAcquire, record, state };
}
