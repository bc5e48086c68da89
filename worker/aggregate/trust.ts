import type { Row } from './panel.ts';

/** The share of graded answers that a provider had right, by provider id; who is not named is neutral. */
export type Reliability = ReadonlyMap<string, number>;

export const NEUTRAL: Reliability = new Map();

/** One short history proves nobody faultless or hopeless. */
const MIN_RELIABILITY = 0.02;
const MAX_RELIABILITY = 0.98;

function boundedLogOdds(share: number): number {
  const bounded = Math.min(MAX_RELIABILITY, Math.max(MIN_RELIABILITY, share));
  return Math.log(bounded / (1 - bounded));
}

/**
 * How much more than the rest of the panel each row is trusted, in log-odds: a history of harder questions
 * lowers all its shares alike, so that only differences count. Zero for all where nothing is known.
 */
export function measureTrust(rows: readonly Row[], reliability: Reliability): number[] {
  const known: (number | undefined)[] = [];
  let sum = 0;
  let given = 0;
  for (const { candidate } of rows) {
    const share = reliability.get(candidate.provider);
    const odds = share === undefined ? undefined : boundedLogOdds(share);
    known.push(odds);
    if (odds === undefined) continue;
    sum += odds;
    given += 1;
  }
  const mean = sum / Math.max(1, given);
  const trust: number[] = [];
  for (const odds of known) trust.push(odds === undefined ? 0 : odds - mean);
  return trust;
}
