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

/** What a cut leaves of the slots in use, and how many full rounds of successes then make one slot more. */
const CUTS = {
  // One reply of many may say so by chance: CUBIC's share (RFC 9438, 4.6).
  overloaded: { left: 0.7, roundsPerSlot: 1 },
  // A rate that is used up: each slot too many costs a refused call.
  rate_limited: { left: 0.5, roundsPerSlot: 4 },
} as const;

/** A call this old is hung, or of a model that takes its time: it says nothing of the load, and holds nobody up. */
const OLD_MS = 30_000;

/** A call that has a slot. */
interface Hold {
  /** Monotonic milliseconds. */
  readonly beganAt: number;
  /** Others may have its slot. */
  isOld: boolean;
}

/**
 * The slots of one provider, as TCP's slow start and congestion avoidance (RFC 5681): each success adds a slot
 * up to the threshold, beyond it full rounds of successes do; a provider that pushes back cuts what was in use.
 * Calls that began before a cut say nothing about what it cut to. Old ones leave their slot to others, as long as
 * all together are no more than `max`.
 */
export function createLimiter({ max, clock, start = START }: LimiterOptions): Limiter {
  let allowance = Math.min(max, start);
  let threshold = max;
  let roundsPerSlot: number = CUTS.overloaded.roundsPerSlot;
  let lastCutAt = Number.NEGATIVE_INFINITY;
  let active = 0;
  let old = 0;
  let waiting = 0;
  /** One after the other, they wait for a slot: only the first of them may take the next that is free. */
  const turns = pLimit(1);
  let wakeFirst = () => {};
  /** In the order in which they began, which is that in which they grow old: one timer serves them all. */
  const young = new Set<Hold>();
  let stopWatching = () => {};

  const concurrency = () => Math.min(Math.floor(allowance), max - old);
  const isFree = () => active - old < concurrency();

  const setAllowance = (value: number) => {
    allowance = Math.min(max, Math.max(1, value));
    wakeFirst();
  };

  const grow = () => {
    // Slots that nobody uses prove nothing.
    if ((active - old) * 2 < Math.floor(allowance)) return;
    setAllowance(allowance < threshold ? allowance + 1 : allowance + 1 / (roundsPerSlot * allowance));
  };

  const cut = (outcome: keyof typeof CUTS, beganAt: number) => {
    if (beganAt <= lastCutAt) return;
    lastCutAt = clock.monotonic();
    const after = CUTS[outcome];
    roundsPerSlot = after.roundsPerSlot;
    threshold = Math.max(1, Math.floor(Math.min(allowance, active - old) * after.left));
    // A rate that is used up admits one call at a time at first: what asks beside it is refused.
    setAllowance(outcome === 'rate_limited' ? 1 : threshold);
  };

  const age = (hold: Hold) => {
    // The last slot is never given away twice.
    if (old >= max - 1) return;
    hold.isOld = true;
    old++;
    wakeFirst();
  };

  const watchAge = () => {
    const [oldest] = young;
    if (!oldest) return;
    stopWatching = clock.after(oldest.beganAt + OLD_MS - clock.monotonic(), () => {
      const isHeld = young.delete(oldest);
      watchAge();
      if (isHeld) age(oldest);
    });
  };

  const takeSlot = (): Release => {
    active++;
    const hold = { beganAt: clock.monotonic(), isOld: false };
    young.add(hold);
    if (young.size === 1) watchAge();
    let isReleased = false;
    return () => {
      if (isReleased) return;
      isReleased = true;
      active--;
      if (hold.isOld) old--;
      else if (young.delete(hold) && young.size === 0) stopWatching();
      wakeFirst();
    };
  };

  // Who waits is never overtaken.
  const tryAcquire = () => (waiting === 0 && isFree() ? takeSlot() : undefined);

  const changed = () =>
    new Promise<void>((resolve) => {
      wakeFirst = resolve;
    });

  const waitForSlot = (signal: AbortSignal): Promise<Release> => {
    const { promise, resolve, reject } = Promise.withResolvers<Release>();
    waiting++;
    const leave = () => {
      waiting--;
      signal.removeEventListener('abort', giveUp);
    };
    const giveUp = () => {
      leave();
      reject(signal.reason);
      wakeFirst();
    };
    signal.addEventListener('abort', giveUp);
    void turns(async () => {
      // p-limit can't drop one who waits: an aborted one passes through when its turn comes.
      while (!signal.aborted && !isFree()) await changed();
      if (signal.aborted) return;
      leave();
      resolve(takeSlot());
    });
    return promise;
  };

  const acquire = (signal: AbortSignal): Promise<Release> => {
    if (signal.aborted) return Promise.reject(signal.reason);
    const release = tryAcquire();
    return release ? Promise.resolve(release) : waitForSlot(signal);
  };

  const record = (outcome: Outcome, beganAt: number) => {
    if (outcome === 'ok' || outcome === 'truncated') grow();
    else if (outcome === 'rate_limited' || outcome === 'overloaded') cut(outcome, beganAt);
  };

  const state = () => ({ concurrency: concurrency(), max, active, waiting });
  return { acquire, tryAcquire, record, state };
}
