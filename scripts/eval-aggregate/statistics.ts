export interface Scored {
  /** Right (1), wrong (0), or a share. */
  correct: number;
  score: number;
}

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * The chance that a right one has a higher score than a wrong one, ties counting half (Mann-Whitney U); NaN
 * where only one kind is there.
 */
export function measureAuroc(scored: readonly Scored[]): number {
  const groups = [...Map.groupBy(scored, ({ score }) => score)].sort(([a], [b]) => b - a);
  let rightAbove = 0;
  let wrong = 0;
  let ordered = 0;
  for (const [, group] of groups) {
    const right = group.reduce((sum, { correct }) => sum + correct, 0);
    ordered += (group.length - right) * (rightAbove + right / 2);
    rightAbove += right;
    wrong += group.length - right;
  }
  return ordered / (rightAbove * wrong);
}

export interface Bin {
  from: number;
  to: number;
  count: number;
  /** Mean score and share that is right. */
  claimed: number;
  right: number;
}

const BINS = 10;

/** Ten bins of equal width; those without a score are left out. */
export function binScores(scored: readonly Scored[]): Bin[] {
  const bins = Map.groupBy(scored, ({ score }) => Math.min(BINS - 1, Math.floor(score * BINS)));
  return [...bins]
    .sort(([a], [b]) => a - b)
    .map(([bin, members]) => ({
      from: bin / BINS,
      to: (bin + 1) / BINS,
      count: members.length,
      claimed: mean(members.map(({ score }) => score)),
      right: mean(members.map(({ correct }) => correct)),
    }));
}

/** Expected calibration error (Naeini et al. 2015): the mean gap between claimed and right, by bin. */
export function measureCalibrationError(scored: readonly Scored[]): number {
  const gaps = binScores(scored).map(({ count, claimed, right }) => count * Math.abs(claimed - right));
  return gaps.reduce((sum, gap) => sum + gap, 0) / scored.length;
}

/** Half the width of a 95 % interval of a mean (normal approximation). */
export function halfWidth(values: readonly number[]): number {
  const middle = mean(values);
  const variance = mean(values.map((value) => (value - middle) ** 2));
  return 1.96 * Math.sqrt(variance / values.length);
}
