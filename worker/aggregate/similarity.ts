import { STOP_WORDS } from './stop-words.ts';
import { toTerm } from './terms.ts';
import { foldWord, plainText, splitWords } from './text.ts';

/** What a text claims, as weighted terms. */
export interface Claims {
  weights: ReadonlyMap<string, number>;
  /** Euclidean norm of the weights. */
  norm: number;
  /** Their sum: how much is claimed. */
  total: number;
}

export type ClaimReader = (text: string) => Claims;

/** Long words are rarer and say more; numbers, acronyms and names decide. */
function weighWord(word: string): number {
  if (/\p{N}/u.test(word)) return 2;
  if (/\p{Lu}.*\p{Lu}/u.test(word)) return 1.6;
  const weight = 0.4 + Math.min(word.length, 10) / 10;
  return /^\p{Lu}/u.test(word) ? weight * 1.3 : weight;
}

function toClaims(words: readonly { word: string; term: string }[]): Claims {
  const weights = new Map<string, number>();
  for (const { word, term } of words) weights.set(term, Math.max(weights.get(term) ?? 0, weighWord(word)));
  let squares = 0;
  let total = 0;
  for (const weight of weights.values()) {
    squares += weight * weight;
    total += weight;
  }
  return { weights, norm: Math.sqrt(squares), total };
}

/** Reads claims: words that say nothing, or that the question has, count only where nothing else is there. */
export function createClaimReader(question: string): ClaimReader {
  const asked = new Set(splitWords(plainText(question)).map(toTerm));
  return (text) => {
    const plain = plainText(text);
    const words = splitWords(plain).map((word) => ({ word, term: toTerm(word) }));
    const content = words.filter(({ word }) => !STOP_WORDS.has(foldWord(word)));
    const added = content.filter(({ term }) => !asked.has(term));
    const wordless = [{ word: plain, term: plain }];
    return toClaims([added, content, words].find(({ length }) => length > 0) ?? wordless);
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
