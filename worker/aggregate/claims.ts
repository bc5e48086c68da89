import { splitWords } from './text.ts';
import { Vocabulary, type Word } from './vocabulary.ts';

interface Measured {
  /** Numbers in a vocabulary, in the order of the text; none twice. */
  terms: readonly number[];
  /** Of each of `terms`: that of its heaviest word. */
  weights: readonly number[];
  /** Different numbers among the terms. */
  figures: number;
  /** Words of the whole text. */
  words: number;
}

function spread(terms: readonly number[], weights: readonly number[]): Float64Array {
  let last = -1;
  for (const term of terms) if (term > last) last = term;
  const byTerm = new Float64Array(last + 1);
  for (let index = 0; index < terms.length; index++)
    byTerm[terms[index] as number] = weights[index] as number;
  return byTerm;
}

/** What a text claims, as weighted terms. Only claims in the same vocabulary can be compared. */
export class Claims {
  readonly terms: readonly number[];
  readonly weights: readonly number[];
  readonly figures: number;
  readonly words: number;
  /** Euclidean norm of the weights. */
  readonly norm: number;
  /** Their sum: how much is claimed. */
  readonly total: number;
  #byTerm: Float64Array | undefined;

  constructor({ terms, weights, figures, words }: Measured) {
    let squares = 0;
    let total = 0;
    for (const weight of weights) {
      squares += weight * weight;
      total += weight;
    }
    this.terms = terms;
    this.weights = weights;
    this.figures = figures;
    this.words = words;
    this.norm = Math.sqrt(squares);
    this.total = total;
  }

  /** Weights by the numbers of terms, 0 or nothing where a term is not claimed. */
  get byTerm(): Float64Array {
    this.#byTerm ??= spread(this.terms, this.weights);
    return this.#byTerm;
  }
}

/** Reads what plain texts claim beyond what the question says. */
export class ClaimReader {
  readonly #vocabulary: Vocabulary;
  /** By the numbers of terms; 0 for all of them from one reading to the next. */
  readonly #heaviest: number[] = [];

  constructor(question: string) {
    this.#vocabulary = new Vocabulary(question);
  }

  wordsOf(text: string): Word[] {
    return splitWords(text).map((word) => this.#vocabulary.look(word));
  }

  read(plain: string): Claims {
    return this.claimsOf(this.wordsOf(plain), plain);
  }

  /** Words that say nothing, or that the question has, count only where nothing else is there. */
  claimsOf(words: readonly Word[], plain: string): Claims {
    return (
      this.#measure(words, ({ isStop, isAsked }) => !isStop && !isAsked) ??
      this.#measure(words, ({ isStop }) => !isStop) ??
      this.#measure(words, () => true) ??
      new Claims({ terms: [this.#vocabulary.numberOf(plain)], weights: [1], figures: 0, words: 0 })
    );
  }

  /** As they are written in other vocabularies too. */
  spell({ terms }: Pick<Claims, 'terms'>): string[] {
    return terms.map((term) => this.#vocabulary.termOf(term));
  }

  /** Every term that says something, the question's own included. */
  contentOf(words: readonly Word[]): Set<string> {
    const content = words.filter(({ isStop }) => !isStop);
    return new Set(content.map(({ term }) => this.#vocabulary.termOf(term)));
  }

  /** Undefined where no word counts. */
  #measure(words: readonly Word[], counts: (word: Word) => boolean): Claims | undefined {
    const heaviest = this.#heaviest;
    for (let term = heaviest.length; term < this.#vocabulary.size; term++) heaviest.push(0);
    const terms: number[] = [];
    let figures = 0;
    for (const word of words) {
      if (!counts(word)) continue;
      const before = heaviest[word.term] ?? 0;
      if (before === 0) {
        terms.push(word.term);
        if (word.isFigure) figures += 1;
      }
      if (before < word.weight) heaviest[word.term] = word.weight;
    }
    if (terms.length === 0) return undefined;
    const weights = terms.map((term) => heaviest[term] ?? 0);
    for (const term of terms) heaviest[term] = 0;
    return new Claims({ terms, weights, figures, words: words.length });
  }
}
