/** Signs by name, each a number of ordinary size. */
export type Signs<K extends string> = Readonly<Record<K, number>>;

/** A linear score of signs. */
export interface Calibration<K extends string> {
  intercept: number;
  weights: Signs<K>;
}

export function scoreSigns<K extends string>(
  signs: Signs<K>,
  { intercept, weights }: Calibration<K>,
): number {
  let score = intercept;
  for (const name in weights) score += weights[name] * signs[name];
  return score;
}

/** Nothing that answers say makes certain, in either direction. */
const MIN_PROBABILITY = 0.01;
const MAX_PROBABILITY = 0.99;

/** Logistic: the score is a log-odds. */
export function toProbability<K extends string>(signs: Signs<K>, calibration: Calibration<K>): number {
  const probability = 1 / (1 + Math.exp(-scoreSigns(signs, calibration)));
  return Math.min(MAX_PROBABILITY, Math.max(MIN_PROBABILITY, probability));
}
