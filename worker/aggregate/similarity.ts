import type { Claims } from './claims.ts';

/** What `measure` makes of the weights of a text's terms by their numbers, 0 for all others. */
function byTerms({ lexicon, terms, weights }: Claims, measure: (weightOf: Float64Array) => number): number {
  const weightOf = lexicon.weights;
  for (let index = 0; index < terms.length; index++)
    weightOf[terms[index] as number] = weights[index] as number;
  const measured = measure(weightOf);
  for (const term of terms) weightOf[term] = 0;
  return measured;
}

/**
 * How far two texts claim the same, in [0, 1]: the geometric mean of the cosine of their weighted terms and
 * of their overlap coefficient (shared weight by the lesser total), so that a short answer contained in a
 * long one is near it, yet not as near as its equal.
 */
export function measureSimilarity(a: Claims, b: Claims): number {
  return byTerms(b, (weightOf) => {
    let dot = 0;
    let shared = 0;
    for (let index = 0; index < a.terms.length; index++) {
      const weight = a.weights[index] as number;
      const other = weightOf[a.terms[index] as number] as number;
      dot += weight * other;
      shared += Math.min(weight, other);
    }
    if (shared === 0) return 0;
    return Math.min(1, Math.sqrt((dot / (a.norm * b.norm)) * (shared / Math.min(a.total, b.total))));
  });
}

/** The share of what the second claims that the first says too, in [0, 1]. */
export function measureCoverage(text: Claims, { terms, weights, total }: Claims): number {
  return byTerms(text, (weightOf) => {
    let said = 0;
    for (let index = 0; index < terms.length; index++)
      if (weightOf[terms[index] as number] !== 0) said += weights[index] as number;
    return total === 0 ? 0 : Math.min(1, said / total);
  });
}
