import { plainText } from './plain-text.ts';
import { spell } from './spelling.ts';
import { toTerm } from './terms.ts';
import { isAscii, splitWords } from './text.ts';

export interface Word {
  /** The number of its term in the vocabulary. */
  term: number;
  weight: number;
  /** It says nothing. */
  isStop: boolean;
  /** The question has it too. */
  isAsked: boolean;
  isFigure: boolean;
}

/**
 * The words of a question and its answers. Each is looked at once, as the answers of a panel share most of
 * theirs, and each term has a number, which is compared faster than its letters.
 */
export class Vocabulary {
  readonly #terms: string[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #words = new Map<string, Word>();
  /** Terms of the question come first. */
  readonly #asked: number;

  constructor(question: string) {
    const plain = plainText(question);
    // Beyond ASCII, a term folded once is not always the term folded twice.
    const read = isAscii(plain) ? (word: string) => spell(word).term : toTerm;
    for (const word of splitWords(plain)) this.numberOf(read(word));
    this.#asked = this.#terms.length;
  }

  get size(): number {
    return this.#terms.length;
  }

  numberOf(term: string): number {
    const known = this.#numbers.get(term);
    if (known !== undefined) return known;
    this.#numbers.set(term, this.#terms.length);
    return this.#terms.push(term) - 1;
  }

  termOf(number: number): string {
    return this.#terms[number] ?? '';
  }

  look(word: string): Word {
    const known = this.#words.get(word);
    if (known !== undefined) return known;
    const spelling = spell(word);
    const term = this.numberOf(spelling.term);
    const { weight, isStop, isFigure } = spelling;
    const looked = { term, weight, isStop, isAsked: term < this.#asked, isFigure };
    this.#words.set(word, looked);
    return looked;
  }
}
