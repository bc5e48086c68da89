import { currentLexicon, type Lexicon, type Word } from './lexicon.ts';
import { plainText } from './plain-text.ts';

/** What a text claims, as weighted terms. Only claims in the same lexicon can be compared. */
export interface Claims {
  lexicon: Lexicon;
  /** Numbers in the lexicon, in the order of the text; none twice. */
  terms: readonly number[];
  /** Of each of `terms`: that of its heaviest word. */
  weights: readonly number[];
  /** Euclidean norm of the weights. */
  norm: number;
  /** Their sum: how much is claimed. */
  total: number;
  /** Different numbers among the terms. */
  figures: number;
  /** Words of the whole text. */
  words: number;
}

/** How much a word says: nothing, what the question says, or something of its own. */
type Sense = 0 | 1 | 2;

/** Terms of the words that are being measured, at the beginning: a list that grows is copied each time. */
const found: number[] = [];

/** Reads what plain texts claim beyond what the question says. */
export class ClaimReader {
  readonly #lexicon = currentLexicon();
  /** By the numbers of terms, 1 for those of the question. */
  readonly #asked: Uint8Array;

  constructor(question: string) {
    const words = this.#lexicon.wordsOf(plainText(question));
    this.#asked = new Uint8Array(this.#lexicon.size);
    for (const { number } of words) this.#asked[number] = 1;
  }

  wordsOf(text: string): Word[] {
    return this.#lexicon.wordsOf(text);
  }

  /** Of some texts, and how many there are up to the end of each. */
  wordsOfAll(texts: readonly string[]): { words: Word[]; ends: number[] } {
    return this.#lexicon.wordsOfAll(texts);
  }

  read(plain: string): Claims {
    return this.claimsOf(this.wordsOf(plain), plain);
  }

  /**
   * Of the words from `from` to `to`, which `plain` has. Words that say nothing, or that the question has, count only
   * where nothing else is there.
   */
  claimsOf(words: readonly Word[], plain: string, from = 0, to = words.length): Claims {
    return (
      this.#measure(words, from, to, 2) ??
      this.#measure(words, from, to, 1) ??
      this.#measure(words, from, to, 0) ?? {
        lexicon: this.#lexicon,
        terms: [this.#lexicon.numberOf(plain)],
        weights: [1],
        norm: 1,
        total: 1,
        figures: 0,
        words: 0,
      }
    );
  }

  /** As they are written in other lexicons too. */
  spell({ terms }: Pick<Claims, 'terms'>): string[] {
    return terms.map((term) => this.#lexicon.termOf(term));
  }

  /** Every term that says something, the question's own included. */
  contentOf(words: readonly Word[]): Set<string> {
    return new Set(words.flatMap(({ isStop, term }) => (isStop ? [] : [term])));
  }

  #senseOf({ isStop, number }: Word): Sense {
    if (isStop) return 0;
    return this.#asked[number] === 1 ? 1 : 2;
  }

  /** What words of at least this sense claim; undefined where there is none. */
  #measure(words: readonly Word[], from: number, to: number, least: Sense): Claims | undefined {
    const lexicon = this.#lexicon;
    const heaviest = lexicon.weights;
    let count = 0;
    let figures = 0;
    for (let index = from; index < to; index++) {
      const word = words[index] as Word;
      if (this.#senseOf(word) < least) continue;
      const { number, weight } = word;
      const before = heaviest[number] as number;
      if (before === 0) {
        found[count++] = number;
        if (word.isFigure) figures += 1;
      }
      if (before < weight) heaviest[number] = weight;
    }
    if (count === 0) return undefined;
    const terms = found.slice(0, count);
    const weights = takeWeights(heaviest, terms);
    const { norm, total } = sumUp(weights);
    return { lexicon, terms, weights, norm, total, figures, words: to - from };
  }
}

/** Leaves 0 where they were. */
function takeWeights(byTerm: Float64Array, terms: readonly number[]): number[] {
  const weights = new Array<number>(terms.length);
  for (let index = 0; index < terms.length; index++) {
    const term = terms[index] as number;
    weights[index] = byTerm[term] as number;
    byTerm[term] = 0;
  }
  return weights;
}

/** By index: what goes through an iterator is an object each. */
function sumUp(weights: readonly number[]): Pick<Claims, 'norm' | 'total'> {
  let squares = 0;
  let total = 0;
  for (let index = 0; index < weights.length; index++) {
    const weight = weights[index] as number;
    squares += weight * weight;
    total += weight;
  }
  return { norm: Math.sqrt(squares), total };
}
