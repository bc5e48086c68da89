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

const ascending = (a: number, b: number): number => a - b;

/**
 * Agglomerative clustering by average link over a symmetric measure: the closest two groups join while their
 * link is at least `threshold`. Indices ascend in each group, and groups by their first index: the order of
 * the rows settles equal links.
 */
export function clusterBySimilarity(matrix: PairMatrix, threshold: number): number[][] {
  const groups: number[][] = [];
  for (const index of matrix.keys()) groups.push([index]);
  for (let pair = closestPair(matrix, groups); pair; pair = closestPair(matrix, groups)) {
    if (pair.link < threshold) break;
    const { left, right } = pair;
    const [later = []] = groups.splice(right, 1);
    groups[left] = [...(groups[left] ?? []), ...later].sort(ascending);
  }
  return groups;
}

/** The mean of row `index` to the other rows of `members`; 1 where there is no other. */
export function meanOver(matrix: PairMatrix, index: number, members: readonly number[]): number {
  let sum = 0;
  let others = 0;
  for (const other of members) {
    if (other === index) continue;
    sum += matrix[index]?.[other] ?? 0;
    others += 1;
  }
  return others === 0 ? 1 : sum / others;
}

/** The mean of every two different rows of `members`, in both directions; 0 where there is no pair. */
export function meanPair(matrix: PairMatrix, members: readonly number[]): number {
  if (members.length < 2) return 0;
  let sum = 0;
  for (const member of members) sum += meanOver(matrix, member, members);
  return sum / members.length;
}
