import type { FailureOutcome } from '../../shared/contract/outcome.ts';
import type { Random } from '../../shared/ports/clock.ts';

export interface BackoffOptions {
  /** Failed attempts so far, from 1. */
  attempt: number;
  outcome: FailureOutcome;
  /** What the provider asked for, in milliseconds: the floor. */
  retryAfterMs?: number | undefined;
  baseMs?: number;
  capMs?: number;
}

/** A busy provider needs longer than one that counts our calls; 2 s is where OpenAI's ramp advice begins. */
const OVERLOADED_FACTOR = 4;

/**
 * How long to wait before the next attempt, in milliseconds, in [retryAfterMs, retryAfterMs + capMs).
 * Full jitter: random_between(0, min(cap, base * 2 ** attempt)),
 * https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/.
 * Jitter comes on top of the provider's floor: all who were told the same time must not return at once.
 */
export function backoffMs(
  { attempt, outcome, retryAfterMs = 0, baseMs = 500, capMs = 20_000 }: BackoffOptions,
  random: Random,
): number {
  const base = outcome === 'overloaded' ? baseMs * OVERLOADED_FACTOR : baseMs;
  const ceiling = Math.min(capMs, base * 2 ** (attempt - 1));
  return retryAfterMs + Math.floor(random.float() * ceiling);
}
