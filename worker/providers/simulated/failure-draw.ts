import { seededDraws } from './seeded-draws.ts';

export type SimulatedFailure = 'rate_limited' | 'overloaded' | 'timeout';

/** Shares of calls, each in [0, 1], that end so; together at most 1. */
export type FailureRates = Partial<Record<SimulatedFailure, number>>;

/** Bounds the memory of questions whose last call failed; forgetting one only repeats its failures. */
const MAX_REMEMBERED = 1000;

/**
 * Draws failures that are the same on every run, yet differ from attempt to attempt: a question that always
 * failed would say nothing about retries.
 */
export function createFailureDraw(
  rates: FailureRates,
): (providerId: string, question: string) => SimulatedFailure | undefined {
  const failedAttempts = new Map<string, number>();
  return (providerId, question) => {
    const attempt = failedAttempts.get(question) ?? 0;
    const failure = pick(rates, seededDraws(providerId, question, `attempt ${attempt}`)[0]);
    failedAttempts.delete(question);
    if (failure === undefined) return undefined;
    failedAttempts.set(question, attempt + 1);
    const oldest = failedAttempts.keys().next();
    if (failedAttempts.size > MAX_REMEMBERED && !oldest.done) failedAttempts.delete(oldest.value);
    return failure;
  };
}

function pick(rates: FailureRates, draw: number): SimulatedFailure | undefined {
  const { rate_limited = 0, overloaded = 0, timeout = 0 } = rates;
  if (draw < rate_limited) return 'rate_limited';
  if (draw < rate_limited + overloaded) return 'overloaded';
  return draw < rate_limited + overloaded + timeout ? 'timeout' : undefined;
}
