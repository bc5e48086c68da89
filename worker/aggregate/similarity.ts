import { plainText } from './plain-text.ts';
import { STOP_WORDS } from './stop-words.ts';
import { toTerm } from './terms.ts';
import { foldWord, splitWords } from './text.ts';

/** What a text claims, as weighted terms. */
export interface Claims {
  weights: ReadonlyMap<string, number>;
  /** Euclidean norm of the weights. */
  norm: number;
  /** Their sum: how much is claimed. */
  total: number;
  /** Different numbers among the terms. */
  figures: number;
  /** Every term of the text that says something, the question's own included. */
  content: ReadonlySet<string>;
  /** Words of the whole text. */
  words: number;
}

/** Reads the claims of a plain text. */
export type ClaimReader = (plain: string) => Claims;

interface Word {
  term: string;
  weight: number;
  isStop: boolean;
  isAsked: boolean;
}

const IS_NUMBER = /^\p{N}/u;

/** Long words are rarer and say more; numbers, acronyms and names decide. */
function weighWord(word: string): number {
  const weight = 0.4 + Math.min(word.length, 10) / 10;
  if (/^[a-z]+$/.test(word)) return weight;
  if (/\p{N}/u.test(word)) return 2;
  if (/\p{Lu}.*\p{Lu}/u.test(word)) return 1.6;
  return /^\p{Lu}/u.test(word) ? weight * 1.3 : weight;
}

function toClaims(counted: readonly Word[], content: ReadonlySet<string>, words: number): Claims {
  const weights = new Map<string, number>();
  for (const { term, weight } of counted) {
    const before = weights.get(term);
    if (before === undefined || before < weight) weights.set(term, weight);
  }
  let squares = 0;
  let total = 0;
  let figures = 0;
  for (const [term, weight] of weights) {
    squares += weight * weight;
    total += weight;
    if (IS_NUMBER.test(term)) figures += 1;
  }
  return { weights, norm: Math.sqrt(squares), total, figures, content, words };
}

/** Looks at each word once: the answers of a panel share most of theirs. */
function createLook(asked: ReadonlySet<string>): (word: string) => Word {
  const known = new Map<string, Word>();
  return (word) => {
    const seen = known.get(word);
    if (seen !== undefined) return seen;
    const folded = foldWord(word);
    const term = toTerm(folded);
    const looked = {
      term,
      weight: weighWord(word),
      isStop: STOP_WORDS.has(folded),
      isAsked: asked.has(term),
    };
    known.set(word, looked);
    return looked;
  };
}

/** Reads claims: words that say nothing, or that the question has, count only where nothing else is there. */
export function createClaimReader(question: string): ClaimReader {
  const look = createLook(new Set(splitWords(plainText(question)).map(toTerm)));
  return (plain) => {
    const words = splitWords(plain).map(look);
    const terms = new Set<string>();
    const added: Word[] = [];
    for (const word of words) {
      if (word.isStop) continue;
      terms.add(word.term);
      if (!word.isAsked) added.push(word);
    }
    if (added.length > 0) return toClaims(added, terms, words.length);
    const content = words.filter(({ isStop }) => !isStop);
    const wordless: Word[] = [{ term: plain, weight: 1, isStop: false, isAsked: false }];
    const counted = [content, words].find(({ length }) => length > 0) ?? wordless;
    return toClaims(counted, terms, words.length);
  };
}

/**
 * How far two texts claim the same, in [0, 1]: the geometric mean of the cosine of their weighted terms and
 * of their overlap coefficient (shared weight by the lesser total), so that a short answer contained in a
 * long one is near it, yet not as near as its equal.
 */
export function measureSimilarity(a: Claims, b: Claims): number {
  let dot = 0;
  let shared = 0;
  for (const [term, weight] of a.weights) {
    const other = b.weights.get(term) ?? 0;
    dot += weight * other;
    shared += Math.min(weight, other);
  }
  if (shared === 0) return 0;
  return Math.min(1, Math.sqrt((dot / (a.norm * b.norm)) * (shared / Math.min(a.total, b.total))));
}

/** The share of what `claimed` claims that `text` says too, in [0, 1]. */
export function measureCoverage(text: Claims, claimed: Claims): number {
  let said = 0;
  for (const [term, weight] of claimed.weights) if (text.weights.has(term)) said += weight;
  return claimed.total === 0 ? 0 : Math.min(1, said / claimed.total);
}
