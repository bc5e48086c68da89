import type { PairMatrix } from './cluster.ts';
import { plainText } from './plain-text.ts';
import { declines } from './refusal.ts';
import {
  type ClaimReader,
  type Claims,
  createClaimReader,
  measureCoverage,
  measureSimilarity,
} from './similarity.ts';
import { compareText, splitSentences } from './text.ts';
import type { Candidate, Question } from './types.ts';

/** The answers side by side, in an order that depends on what they say and on nothing else. */
export interface Panel {
  rows: readonly Row[];
  /** How far two rows claim the same: symmetric. */
  similarity: PairMatrix;
  /** `coverage[i][j]`: the share of what row j claims that row i says too, its first sentence counted twice. */
  coverage: PairMatrix;
  /** The share of row j's first sentence that row i's first sentence says too. */
  leadCoverage: PairMatrix;
  readClaims: ClaimReader;
}

export interface Row {
  candidate: Candidate;
  plain: string;
  claims: Claims;
  /** What the first sentence claims: mostly the answer itself, before its explanation. */
  lead: Claims;
  /** It opens by declining, so that it should not speak for the others. */
  declines: boolean;
}

/**
 * Where two answers are equal by every measure, the one that claims more stands first, then spelling
 * decides.
 */
function orderRows(candidates: readonly Candidate[], readClaims: ClaimReader): Row[] {
  return candidates
    .map((candidate) => {
      const plain = plainText(candidate.text);
      const first = splitSentences(plain)[0] ?? plain;
      return {
        candidate,
        plain,
        claims: readClaims(plain),
        lead: readClaims(first),
        declines: declines(first),
      };
    })
    .sort(
      (a, b) =>
        Number(a.candidate.outcome === 'truncated') - Number(b.candidate.outcome === 'truncated') ||
        b.claims.weights.size - a.claims.weights.size ||
        compareText(a.plain, b.plain) ||
        compareText(a.candidate.text, b.candidate.text) ||
        compareText(a.candidate.provider, b.candidate.provider),
    );
}

function measurePairs(rows: readonly Row[], measure: (a: Row, b: Row) => number): PairMatrix {
  return rows.map((a) => rows.map((b) => (a === b ? 1 : measure(a, b))));
}

/** Explanations differ where answers do not: as much as all that is claimed counts what is claimed first. */
function measureCoverageOf(text: Row, claimed: Row): number {
  return (measureCoverage(text.claims, claimed.claims) + measureCoverage(text.claims, claimed.lead)) / 2;
}

export function readPanel(question: Question, candidates: readonly Candidate[]): Panel {
  const readClaims = createClaimReader(question.text);
  const rows = orderRows(candidates, readClaims);
  return {
    rows,
    similarity: measurePairs(rows, (a, b) => measureSimilarity(a.claims, b.claims)),
    coverage: measurePairs(rows, measureCoverageOf),
    leadCoverage: measurePairs(rows, (a, b) => measureCoverage(a.lead, b.lead)),
    readClaims,
  };
}
