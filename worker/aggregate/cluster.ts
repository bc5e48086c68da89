/** A measure between every two rows, 1 on the diagonal. */
export type PairMatrix = readonly (readonly number[])[];

function meanLink(matrix: PairMatrix, a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (const i of a) for (const j of b) sum += matrix[i]?.[j] ?? 0;
  return sum / (a.length * b.length);
}

function closestPair(matrix: PairMatrix, groups: readonly number[][]) {
  let best: { left: number; right: number; link: number } | undefined;
  for (let left = 0; left < groups.length; left++) {
    for (let right = left + 1; right < groups.length; right++) {
      const link = meanLink(matrix, groups[left] ?? [], groups[right] ?? []);
      if (best === undefined || link > best.link) best = { left, right, link };
    }
  }
  return best;
}

/**
 * Agglomerative clustering by average link over a symmetric measure: the closest two groups join while their
 * link is at least `threshold`. Indices ascend in each group, and groups by their first index: the order of
 * the rows settles equal links.
 */
export function clusterBySimilarity(matrix: PairMatrix, threshold: number): number[][] {
  let groups = matrix.map((_, index) => [index]);
  for (let pair = closestPair(matrix, groups); pair; pair = closestPair(matrix, groups)) {
    if (pair.link < threshold) break;
    const { left, right } = pair;
    const joined = [...(groups[left] ?? []), ...(groups[right] ?? [])].sort((a, b) => a - b);
    groups = groups.flatMap((group, index) => (index === left ? [joined] : index === right ? [] : [group]));
  }
  return groups;
}

/** The mean of row `index` to the other rows of `members`; 1 where there is no other. */
export function meanOver(matrix: PairMatrix, index: number, members: readonly number[]): number {
  const others = members.filter((other) => other !== index);
  return others.length === 0 ? 1 : meanLink(matrix, [index], others);
}

/** The mean of every two different rows of `members`, in both directions; 0 where there is no pair. */
export function meanPair(matrix: PairMatrix, members: readonly number[]): number {
  if (members.length < 2) return 0;
  return members.reduce((sum, member) => sum + meanOver(matrix, member, members), 0) / members.length;
}
