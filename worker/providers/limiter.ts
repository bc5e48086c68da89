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
  /** Tells how a call ended that began at `beganAt` (monotonic ms), so that the number of slots follows the provider. */
  record(outcome: Outcome, beganAt: number): void;
  state(): LimiterState;
}

export interface LimiterOptions {
  /** Slots at most. */
  max: number;
  clock: Clock;
  /** Slots at the start: a provider is not met with all that waits at once. */
  start?: number;
}

const START = 8;
/** Beyond the threshold a slot more is tried once in so many full rounds: each try costs a refused call. */
const ROUNDS_PER_SLOT = 4;

/**
 * The slots of one provider, as TCP's slow start and congestion avoidance (RFC 5681): each success adds a slot
 * up to the threshold, beyond it some full rounds of successes do; a provider that pushes back halves what was in use.
 * Calls that began before a cut say nothing about what it cut to.
 */
export function createLimiter({ max, clock, start = START }: LimiterOptions): Limiter {
  let allowance = Math.min(max, start);
  let threshold = max;
  let lastCutAt = Number.NEGATIVE_INFINITY;
  let active = 0;
  let waiting = 0;
  const limit = pLimit(allowance);

  const setAllowance = (value: number) => {
    allowance = Math.min(max, Math.max(1, value));
    const concurrency = Math.floor(allowance);
    if (concurrency !== limit.concurrency) limit.concurrency = concurrency;
  };

  const grow = () => {
    // Slots that nobody uses prove nothing.
    if (active * 2 < Math.floor(allowance)) return;
    setAllowance(allowance < threshold ? allowance + 1 : allowance + 1 / (ROUNDS_PER_SLOT * allowance));
  };

  const cut = (outcome: Outcome, beganAt: number) => {
    if (beganAt <= lastCutAt) return;
    lastCutAt = clock.monotonic();
    threshold = Math.max(1, Math.floor(Math.min(allowance, active) / 2));
    // A rate that is used up admits one call at a time at first: what asks beside it is refused.
    setAllowance(outcome === 'rate_limited' ? 1 : threshold);
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

  const record = (outcome: Outcome, beganAt: number) => {
    if (outcome === 'ok' || outcome === 'truncated') grow();
    else if (outcome === 'rate_limited' || outcome === 'overloaded') cut(outcome, beganAt);
  };

  const state = () => ({ concurrency: limit.concurrency, max, active, waiting });
  return { acquire, tryAcquire, record, state };
}
