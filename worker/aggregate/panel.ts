import { ClaimReader, type Claims } from './claims.ts';
import type { PairMatrix } from './cluster.ts';
import type { Word } from './lexicon.ts';
import { plainText } from './plain-text.ts';
import { declines } from './refusal.ts';
import { measureCoverage, measureSimilarity } from './similarity.ts';
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
  reader: ClaimReader;
}

export interface Sentence {
  text: string;
  /** Which of its row's words are its own: from `from` on, up to `to`. */
  from: number;
  to: number;
}

export interface Row {
  candidate: Candidate;
  plain: string;
  words: readonly Word[];
  /** Those that may be quoted: the first ones. */
  sentences: readonly Sentence[];
  claims: Claims;
  /** What the first sentence claims: mostly the answer itself, before its explanation. */
  lead: Claims;
  /** It opens by declining, so that it should not speak for the others. */
  declines: boolean;
}

const MAX_QUOTABLE = 40;

function readRow(candidate: Candidate, reader: ClaimReader): Row {
  const plain = plainText(candidate.text);
  const texts = splitSentences(plain);
  // No word goes from one sentence into the next: those of the sentences are those of the text.
  const { words, ends } = reader.wordsOfAll(texts);
  const sentences: Sentence[] = [];
  for (const [index, text] of texts.slice(0, MAX_QUOTABLE).entries())
    sentences.push({ text, from: ends[index - 1] ?? 0, to: ends[index] ?? 0 });
  const first = sentences[0] ?? { text: plain, from: 0, to: 0 };
  return {
    candidate,
    plain,
    words,
    sentences,
    claims: reader.claimsOf(words, plain),
    lead: reader.claimsOf(words, first.text, first.from, first.to),
    declines: declines(first.text),
  };
}

/**
 * Where two answers are equal by every measure, the one that claims more stands first, then spelling
 * decides.
 */
function compareRows(a: Row, b: Row): number {
  return (
    Number(a.candidate.outcome === 'truncated') - Number(b.candidate.outcome === 'truncated') ||
    b.claims.terms.length - a.claims.terms.length ||
    compareText(a.plain, b.plain) ||
    compareText(a.candidate.text, b.candidate.text) ||
    compareText(a.candidate.provider, b.candidate.provider)
  );
}

function measurePairs(rows: readonly Row[], measure: (a: Row, b: Row) => number): PairMatrix {
  const matrix: number[][] = [];
  for (const a of rows) {
    const line: number[] = [];
    for (const b of rows) line.push(a === b ? 1 : measure(a, b));
    matrix.push(line);
  }
  return matrix;
}

function measureLikeness(a: Row, b: Row): number {
  return measureSimilarity(a.claims, b.claims);
}

/** Explanations differ where answers do not: as much as all that is claimed counts what is claimed first. */
function measureCoverageOf(text: Row, claimed: Row): number {
  return (measureCoverage(text.claims, claimed.claims) + measureCoverage(text.claims, claimed.lead)) / 2;
}

function measureLeadCoverage(text: Row, claimed: Row): number {
  return measureCoverage(text.lead, claimed.lead);
}

export function readPanel(question: Question, candidates: readonly Candidate[]): Panel {
  const reader = new ClaimReader(question.text);
  const rows: Row[] = [];
  for (const candidate of candidates) rows.push(readRow(candidate, reader));
  rows.sort(compareRows);
  return {
    rows,
    similarity: measurePairs(rows, measureLikeness),
    coverage: measurePairs(rows, measureCoverageOf),
    leadCoverage: measurePairs(rows, measureLeadCoverage),
    reader,
  };
}

/** The numbers by which the rows of a panel are known, all of them. */
export function rowNumbers({ rows }: Panel): number[] {
  return [...rows.keys()];
}
