import type { Claims } from './claims.ts';

/**
 * How far two texts claim the same, in [0, 1]: the geometric mean of the cosine of their weighted terms and
 * of their overlap coefficient (shared weight by the lesser total), so that a short answer contained in a
 * long one is near it, yet not as near as its equal.
 */
export function measureSimilarity(a: Claims, b: Claims): number {
  const { terms, weights } = a;
  const { byTerm } = b;
  let dot = 0;
  let shared = 0;
  for (let index = 0; index < terms.length; index++) {
    const weight = weights[index] as number;
    const other = byTerm[terms[index] as number] ?? 0;
    dot += weight * other;
    shared += Math.min(weight, other);
  }
  if (shared === 0) return 0;
  return Math.min(1, Math.sqrt((dot / (a.norm * b.norm)) * (shared / Math.min(a.total, b.total))));
}

/** The share of what the second claims that the first says too, in [0, 1]. */
export function measureCoverage({ byTerm }: Claims, { terms, weights, total }: Claims): number {
  let said = 0;
  for (let index = 0; index < terms.length; index++)
    if (byTerm[terms[index] as number]) said += weights[index] as number;
  return total === 0 ? 0 : Math.min(1, said / total);
}
