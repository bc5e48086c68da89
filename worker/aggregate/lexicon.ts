import { Letters } from './letters.ts';
import { type Spelling, spell } from './spelling.ts';
import { isWestern, splitWords } from './text.ts';
import { endOfWord, startOfWord } from './western-words.ts';
import { WordTable } from './word-table.ts';

export interface Word extends Spelling {
  /** As the text writes it. */
  written: string;
  /** The number of its term in the lexicon. */
  number: number;
}

/** By itself: V8 keeps the whole of a text in memory for a longer piece of it. */
const copyOf = (text: string): string => Buffer.from(text, 'utf16le').toString('utf16le');

/** Of the text that is being read. */
const letters = new Letters();
/** Words of the texts that are being read, at the beginning: a list that grows with each of them is copied each time. */
const found: Word[] = [];

/** The words of texts, each looked at once, and numbers for their terms, which are compared faster than letters. */
export class Lexicon {
  readonly #words = new WordTable<Word>((written) => this.#read(written));
  readonly #terms: string[] = [];
  readonly #numbers = new Map<string, number>();
  #weights = new Float64Array(1 << 14);
  #length = 0;

  /** How many terms it has. */
  get size(): number {
    return this.#terms.length;
  }

  /** Room for a weight of each term: 0 for all of them, as whoever uses it leaves it. */
  get weights(): Float64Array {
    if (this.#weights.length < this.size) this.#weights = new Float64Array(2 * this.size);
    return this.#weights;
  }

  /** UTF-16 units of all its words and terms. */
  get length(): number {
    return this.#length;
  }

  termOf(number: number): string {
    return this.#terms[number] ?? '';
  }

  numberOf(term: string): number {
    const known = this.#numbers.get(term);
    if (known !== undefined) return known;
    const own = copyOf(term);
    this.#length += own.length;
    this.#numbers.set(own, this.#terms.length);
    return this.#terms.push(own) - 1;
  }

  /** The words of a plain text, in order. */
  wordsOf(plain: string): Word[] {
    return this.wordsOfAll([plain]).words;
  }

  /** The words of some plain texts, in order, and how many there are up to the end of each. */
  wordsOfAll(plain: readonly string[]): { words: Word[]; ends: number[] } {
    const ends: number[] = [];
    let count = 0;
    for (const text of plain) {
      count = this.#find(text, count);
      ends.push(count);
    }
    return { words: found.slice(0, count), ends };
  }

  /** Puts the words of a text into `found`, behind the first `count`; returns how many there are then. */
  #find(plain: string, count: number): number {
    let next = count;
    if (!isWestern(plain)) {
      for (const word of splitWords(plain)) found[next++] = this.#words.look(word);
      return next;
    }
    // Signs beyond Latin-1 are dashes and quotation marks here, which become controls: neither is in a word.
    letters.write(plain);
    const { bytes, to } = letters;
    let end = letters.from;
    for (let at = startOfWord(bytes, end, to); at < to; at = startOfWord(bytes, end, to)) {
      end = endOfWord(bytes, at);
      found[next++] = this.#words.lookAt(letters, at, end);
    }
    return next;
  }

  #read(written: string): Word {
    this.#length += written.length;
    const spelling = spell(written);
    return { ...spelling, written: copyOf(written), number: this.numberOf(spelling.term) };
  }
}

/** Some sixteen thousand words. */
const MAX_LENGTH = 128 * 1024;
let current = new Lexicon();

/** From one job to the next most words are the same. Only terms of one lexicon can be compared. */
export function currentLexicon(): Lexicon {
  if (current.length > MAX_LENGTH) current = new Lexicon();
  return current;
}
