import type { SimilarityMatrix } from './cluster.ts';
import { type ClaimReader, type Claims, createClaimReader, measureSimilarity } from './similarity.ts';
import { compareText, plainText } from './text.ts';
import type { Candidate, Question } from './types.ts';

/** The answers side by side, in an order that depends on what they say and on nothing else. */
export interface Panel {
  rows: readonly Row[];
  similarity: SimilarityMatrix;
  readClaims: ClaimReader;
}

export interface Row {
  candidate: Candidate;
  claims: Claims;
}

/**
 * Where two answers are equal by every measure, the one that claims more stands first, then spelling
 * decides.
 */
function orderRows(candidates: readonly Candidate[], readClaims: ClaimReader): Row[] {
  return candidates
    .map((candidate) => ({ candidate, claims: readClaims(candidate.text), plain: plainText(candidate.text) }))
    .sort(
      (a, b) =>
        Number(a.candidate.outcome === 'truncated') - Number(b.candidate.outcome === 'truncated') ||
        b.claims.weights.size - a.claims.weights.size ||
        compareText(a.plain, b.plain) ||
        compareText(a.candidate.text, b.candidate.text) ||
        compareText(a.candidate.provider, b.candidate.provider),
    );
}

export function readPanel(question: Question, candidates: readonly Candidate[]): Panel {
  const readClaims = createClaimReader(question.text);
  const rows = orderRows(candidates, readClaims);
  const similarity = rows.map(() => new Array<number>(rows.length).fill(1));
  for (const [i, a] of rows.entries()) {
    for (const [j, b] of rows.entries()) {
      if (j <= i) continue;
      const measured = measureSimilarity(a.claims, b.claims);
      similarity[i]?.splice(j, 1, measured);
      similarity[j]?.splice(i, 1, measured);
    }
  }
  return { rows, similarity, readClaims };
}
