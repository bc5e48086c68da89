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

  read(plain: string): Claims {
    return this.claimsOf(this.wordsOf(plain), plain);
  }

  /** Words that say nothing, or that the question has, count only where nothing else is there. */
  claimsOf(words: readonly Word[], plain: string): Claims {
    return (
      this.#measure(words, 2) ??
      this.#measure(words, 1) ??
      this.#measure(words, 0) ?? {
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
  #measure(words: readonly Word[], least: Sense): Claims | undefined {
    const lexicon = this.#lexicon;
    const heaviest = lexicon.weights;
    const terms: number[] = [];
    let figures = 0;
    for (const word of words) {
      if (this.#senseOf(word) < least) continue;
      const { number, weight } = word;
      const before = heaviest[number] as number;
      if (before === 0) {
        terms.push(number);
        if (word.isFigure) figures += 1;
      }
      if (before < weight) heaviest[number] = weight;
    }
    if (terms.length === 0) return undefined;
    const weights = takeWeights(heaviest, terms);
    return { lexicon, terms, weights, ...sumUp(weights), figures, words: words.length };
  }
}

/** Leaves 0 where they were. */
function takeWeights(byTerm: Float64Array, terms: readonly number[]): number[] {
  return terms.map((term) => {
    const weight = byTerm[term] as number;
    byTerm[term] = 0;
    return weight;
  });
}

function sumUp(weights: readonly number[]): Pick<Claims, 'norm' | 'total'> {
  let squares = 0;
  let total = 0;
  for (const weight of weights) {
    squares += weight * weight;
    total += weight;
  }
  return { norm: Math.sqrt(squares), total };
}
