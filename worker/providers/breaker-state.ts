import type { FailureOutcome, Outcome } from '../../shared/contract/outcome.ts';

export interface Sample {
  atMs: number;
  failed: boolean;
}

/** All times are monotonic milliseconds. */
export type BreakerState =
  /** `recent` holds the calls of the window only: old failures weigh nothing. */
  | { kind: 'closed'; recent: Sample[] }
  | { kind: 'open'; reason: FailureOutcome; untilMs: number; openings: number }
  /** One probe at a time decides. */
  | { kind: 'half_open'; reason: FailureOutcome; probing: boolean; openings: number };

export interface BreakerLimits {
  /** So many failures in a row, within the window, open it. */
  consecutiveFailures: number;
  windowMs: number;
  /** Below so many calls in the window their ratio says nothing. */
  minSamples: number;
  failureRatio: number;
  /** The first opening; each probe that fails doubles it. */
  openMs: number;
  maxOpenMs: number;
  /** For what only a person can mend: key, account, model. */
  permanentOpenMs: number;
}

export const DEFAULT_BREAKER_LIMITS: BreakerLimits = {
  consecutiveFailures: 5,
  windowMs: 60_000,
  minSamples: 10,
  failureRatio: 0.5,
  openMs: 10_000,
  maxOpenMs: 300_000,
  permanentOpenMs: 600_000,
};

export const closed = (): BreakerState => ({ kind: 'closed', recent: [] });

/** Bounds the memory of a busy provider; its ratio is as sharp with fewer. */
const MAX_SAMPLES = 200;

const PERMANENT: ReadonlySet<Outcome> = new Set(['auth', 'quota_exhausted', 'model_not_found']);
/** A provider that limits our rate works: the limiter and its pause deal with it. */
const FAILING: ReadonlySet<Outcome> = new Set(['overloaded', 'timeout', 'bad_response', 'network']);

/** What an outcome says about the provider; `reached` is an answer about the question, not the provider. */
export function verdictOf(outcome: Outcome): 'success' | 'reached' | 'unknown' | 'failure' | 'permanent' {
  if (outcome === 'ok' || outcome === 'truncated') return 'success';
  if (outcome === 'aborted') return 'unknown';
  if (PERMANENT.has(outcome)) return 'permanent';
  return FAILING.has(outcome) ? 'failure' : 'reached';
}

/** An opening whose time is over waits for its probe. */
export function advance(state: BreakerState, nowMs: number): BreakerState {
  if (state.kind !== 'open' || nowMs < state.untilMs) return state;
  return { kind: 'half_open', reason: state.reason, probing: false, openings: state.openings };
}

/** The state after a call that began while closed: the one given, with one sample more, unless it opens. */
export function afterCall(
  state: Extract<BreakerState, { kind: 'closed' }>,
  outcome: Outcome,
  nowMs: number,
  limits: BreakerLimits,
): BreakerState {
  const verdict = verdictOf(outcome);
  if (verdict === 'unknown' || verdict === 'reached') return state;
  const { recent } = state;
  recent.push({ atMs: nowMs, failed: verdict !== 'success' });
  while (isOver(recent[0], nowMs, limits) || recent.length > MAX_SAMPLES) recent.shift();
  const opens = verdict === 'permanent' || tooManyFailures(recent, limits);
  return opens && isFailure(outcome) ? open(outcome, 0, nowMs, limits) : state;
}

/** The state after the probe. */
export function afterProbe(
  state: Extract<BreakerState, { kind: 'half_open' }>,
  outcome: Outcome,
  nowMs: number,
  limits: BreakerLimits,
): BreakerState {
  const verdict = verdictOf(outcome);
  if (verdict === 'unknown') return { ...state, probing: false };
  const failed = verdict === 'failure' || verdict === 'permanent';
  return failed && isFailure(outcome) ? open(outcome, state.openings, nowMs, limits) : closed();
}

/** They stand in the order of time. */
function isOver(sample: Sample | undefined, nowMs: number, { windowMs }: BreakerLimits): boolean {
  return sample !== undefined && nowMs - sample.atMs >= windowMs;
}

function tooManyFailures(recent: Sample[], limits: BreakerLimits): boolean {
  if (recent.at(-1)?.failed !== true) return false;
  const inARow = recent.length - 1 - recent.findLastIndex((sample) => !sample.failed);
  if (inARow >= limits.consecutiveFailures) return true;
  const failures = recent.filter((sample) => sample.failed).length;
  return recent.length >= limits.minSamples && failures / recent.length >= limits.failureRatio;
}

function isFailure(outcome: Outcome): outcome is FailureOutcome {
  return outcome !== 'ok' && outcome !== 'truncated';
}

function open(reason: FailureOutcome, openings: number, nowMs: number, limits: BreakerLimits): BreakerState {
  const openMs = PERMANENT.has(reason)
    ? limits.permanentOpenMs
    : Math.min(limits.maxOpenMs, limits.openMs * 2 ** openings);
  return { kind: 'open', reason, untilMs: nowMs + openMs, openings: openings + 1 };
}
