/** One alternative of a decision: its signs, and what is known of it beforehand (log-odds). */
export interface Alternative {
  signs: readonly number[];
  offset: number;
}

export interface Decision {
  alternatives: readonly Alternative[];
  /** Index of the alternative that was right. */
  right: number;
}

const MAX_STEPS = 30;
const SMALLEST_GAIN = 1e-6;
const SMALLEST_SHARE = 1e-4;

function shareOut({ alternatives }: Decision, weights: readonly number[]): number[] {
  const scores = alternatives.map(({ signs, offset }) =>
    signs.reduce((sum, sign, k) => sum + sign * (weights[k] ?? 0), offset),
  );
  const top = Math.max(...scores);
  const raised = scores.map((score) => Math.exp(score - top));
  const total = raised.reduce((sum, value) => sum + value, 0);
  return raised.map((value) => value / total);
}

/** Solves `matrix · x = vector` by elimination with pivots. */
function solve(matrix: readonly (readonly number[])[], vector: readonly number[]): number[] {
  const rows = matrix.map((row, index) => [...row, vector[index] ?? 0]);
  const size = rows.length;
  for (let column = 0; column < size; column++) {
    const below = rows.slice(column);
    const pivot = below.reduce((a, b) => (Math.abs(b[column] ?? 0) > Math.abs(a[column] ?? 0) ? b : a));
    rows.splice(rows.indexOf(pivot), 1);
    rows.splice(column, 0, pivot);
    for (const [index, row] of rows.entries()) {
      if (index === column) continue;
      const factor = (row[column] ?? 0) / (pivot[column] ?? 1);
      rows[index] = row.map((value, k) => value - factor * (pivot[k] ?? 0));
    }
  }
  return rows.map((row, index) => (row[size] ?? 0) / (row[index] ?? 1));
}

/** Gradient and curvature of the penalised log-likelihood. */
function differentiate(decisions: readonly Decision[], weights: readonly number[], ridge: number) {
  const size = weights.length;
  const gradient = weights.map((weight) => -ridge * weight);
  const curvature = weights.map((_, i) => weights.map((_, j) => (i === j ? ridge : 0)));
  for (const decision of decisions) {
    const shares = shareOut(decision, weights);
    const mean = weights.map((_, k) =>
      decision.alternatives.reduce((sum, { signs }, a) => sum + (shares[a] ?? 0) * (signs[k] ?? 0), 0),
    );
    const right = decision.alternatives[decision.right]?.signs ?? [];
    for (let i = 0; i < size; i++) {
      gradient[i] = (gradient[i] ?? 0) + (right[i] ?? 0) - (mean[i] ?? 0);
      for (let j = 0; j < size; j++) {
        const square = decision.alternatives.reduce(
          (sum, { signs }, a) => sum + (shares[a] ?? 0) * (signs[i] ?? 0) * (signs[j] ?? 0),
          0,
        );
        const row = curvature[i];
        if (row) row[j] = (row[j] ?? 0) + square - (mean[i] ?? 0) * (mean[j] ?? 0);
      }
    }
  }
  return { gradient, curvature };
}

function measureFit(decisions: readonly Decision[], weights: readonly number[], ridge: number): number {
  const likelihood = decisions.reduce(
    (sum, decision) => sum + Math.log(shareOut(decision, weights)[decision.right] ?? 0),
    0,
  );
  return likelihood - (ridge / 2) * weights.reduce((sum, weight) => sum + weight * weight, 0);
}

/**
 * Weights of a multinomial logit (McFadden 1974) by Newton's method, with a ridge penalty; a step that makes
 * the fit worse is halved. A yes or no is a decision between one alternative with signs and one without.
 */
export function fitChoiceModel(decisions: readonly Decision[], size: number, ridge = 1): number[] {
  let weights = new Array<number>(size).fill(0);
  let fit = measureFit(decisions, weights, ridge);
  for (let step = 0; step < MAX_STEPS; step++) {
    const { gradient, curvature } = differentiate(decisions, weights, ridge);
    const change = solve(curvature, gradient);
    let share = 1;
    const take = () => weights.map((weight, k) => weight + share * (change[k] ?? 0));
    while (share > SMALLEST_SHARE && !(measureFit(decisions, take(), ridge) >= fit)) share /= 2;
    weights = take();
    const better = measureFit(decisions, weights, ridge);
    if (better - fit < SMALLEST_GAIN) break;
    fit = better;
  }
  return weights;
}
