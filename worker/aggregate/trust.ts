import type { Row } from './panel.ts';

/** The share of graded answers that a provider had right, by provider id; who is not named is neutral. */
export type Reliability = ReadonlyMap<string, number>;

export const NEUTRAL: Reliability = new Map();

/** One short history proves nobody faultless or hopeless. */
const MIN_RELIABILITY = 0.02;
const MAX_RELIABILITY = 0.98;

const logOdds = (share: number): number => Math.log(share / (1 - share));

/**
 * How much more than the rest of the panel each row is trusted, in log-odds: a history of harder questions
 * lowers all its shares alike, so that only differences count. Zero for all where nothing is known.
 */
export function measureTrust(rows: readonly Row[], reliability: Reliability): number[] {
  const known = rows.map(({ candidate }) => {
    const share = reliability.get(candidate.provider);
    return share === undefined
      ? undefined
      : logOdds(Math.min(MAX_RELIABILITY, Math.max(MIN_RELIABILITY, share)));
  });
  const given = known.filter((odds) => odds !== undefined);
  const mean = given.reduce((sum, odds) => sum + odds, 0) / Math.max(1, given.length);
  return known.map((odds) => (odds === undefined ? 0 : odds - mean));
}
