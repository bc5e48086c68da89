import type { FailureOutcome, Outcome } from '../../shared/contract/outcome.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import {
  advance,
  afterCall,
  afterProbe,
  type BreakerLimits,
  type BreakerState,
  closed,
  DEFAULT_BREAKER_LIMITS,
} from './breaker-state.ts';

/** Leave to make one call. Whoever takes it settles it, with `aborted` if no call was made. */
export interface Pass {
  /** Tells how the call ended; a second call does nothing. */
  settle(outcome: Outcome): void;
}

/** As shown to clients and stored with the worker's presence. */
export interface BreakerView {
  state: BreakerState['kind'];
  /** Why it opened; null while closed. */
  reason: FailureOutcome | null;
  /** Milliseconds until the next probe may go; null unless open. */
  open_for_ms: number | null;
}

export interface Breaker {
  /** Undefined while no call may be made. While half open, one pass at a time. */
  tryEnter(): Pass | undefined;
  state(): BreakerView;
}

type Settle = (outcome: Outcome, bornIn: number) => void;

class IssuedPass implements Pass {
  readonly #bornIn: number;
  #settle: Settle | undefined;

  constructor(settle: Settle, bornIn: number) {
    this.#settle = settle;
    this.#bornIn = bornIn;
  }

  settle(outcome: Outcome): void {
    this.#settle?.(outcome, this.#bornIn);
    this.#settle = undefined;
  }
}

/** Keeps calls away from a provider that fails, and finds out by single probes when it is back. */
export function createBreaker(clock: Clock, limits: BreakerLimits = DEFAULT_BREAKER_LIMITS): Breaker {
  let state = closed();
  // A call that began before the breaker changed says nothing about the state it changed to.
  let generation = 0;

  const moveTo = (next: BreakerState) => {
    if (next.kind !== state.kind) generation++;
    state = next;
  };

  const settle: Settle = (outcome, bornIn) => {
    if (bornIn !== generation) return;
    if (state.kind === 'closed') moveTo(afterCall(state, outcome, clock.monotonic(), limits));
    else if (state.kind === 'half_open') moveTo(afterProbe(state, outcome, clock.monotonic(), limits));
  };

  const tryEnter = (): Pass | undefined => {
    moveTo(advance(state, clock.monotonic()));
    if (state.kind === 'open') return undefined;
    if (state.kind === 'half_open') {
      if (state.probing) return undefined;
      moveTo({ ...state, probing: true });
    }
    return new IssuedPass(settle, generation);
  };

  const view = (): BreakerView => {
    const now = clock.monotonic();
    const shown = advance(state, now);
    return {
      state: shown.kind,
      reason: shown.kind === 'closed' ? null : shown.reason,
      open_for_ms: shown.kind === 'open' ? shown.untilMs - now : null,
    };
  };
  return { tryEnter, state: view };
}
