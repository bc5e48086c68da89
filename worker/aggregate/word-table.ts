import type { Letters } from './letters.ts';

/** Of what a word is told by first: its first four letters, its last four, its length. 32 bits. */
export type HashWord = (first: number, last: number, length: number) => number;

const FIRST_PLACES = 1 << 10;
/** Words can be written so that many share a hash: those are not looked for one after the other. */
const MAX_PROBES = 32;

/** Up to this length, the first four letters and the last four are all. */
const MAX_TOLD = 8;
/** By how many letters a word has, up to four: which of the four from its first on are its own. */
const OWN_FIRST = Int32Array.of(0, 0xff, 0xffff, 0xffffff, -1);
/** … and whether the four up to its last are. */
const OWN_LAST = Int32Array.of(0, 0, 0, 0, -1);

/** Odd multipliers, and upper bits taken into lower ones, as xxHash32 ends (its specification, "Final mix"). */
export function hashWord(first: number, last: number, length: number): number {
  const sum = Math.imul(first, 0x9e3779b1) ^ Math.imul(last, 0x27d4eb2f) ^ length;
  const mixed = Math.imul(sum ^ (sum >>> 15), 0x85ebca77);
  return mixed ^ (mixed >>> 13);
}

function isWritten(word: string, letters: Uint8Array, from: number): boolean {
  for (let at = 0; at < word.length; at++) if (word.charCodeAt(at) !== letters[from + at]) return false;
  return true;
}

/** How many numbers a place has: which word stands there, from 1 on, its first letters, its last, its length. */
const PLACE_SIZE = 4;

const firstPlace = (hash: number, places: Int32Array): number => (PLACE_SIZE * hash) & (places.length - 1);
const nextPlace = (place: number, places: Int32Array): number => (place + PLACE_SIZE) & (places.length - 1);

/** What is known of words, each read once. They are found by their letters, without being cut out of a text. */
export class WordTable<Known extends { written: string }> {
  readonly #read: (written: string) => Known;
  readonly #hash: HashWord;
  readonly #known: Known[] = [];
  /** Open addressing, linear probing. A place fits into one line of a processor's cache. */
  #places = new Int32Array(PLACE_SIZE * FIRST_PLACES);
  /** Words of other letters, and those that found no place. */
  readonly #others = new Map<string, Known>();

  constructor(read: (written: string) => Known, hash: HashWord = hashWord) {
    this.#read = read;
    this.#hash = hash;
  }

  /** Of the word that stands there. */
  lookAt(letters: Letters, from: number, to: number): Known {
    const length = to - from;
    const upToFour = Math.min(length, 4);
    const first = letters.fours.getInt32(from, true) & (OWN_FIRST[upToFour] as number);
    const last = letters.fours.getInt32(to - 4, true) & (OWN_LAST[upToFour] as number);
    const places = this.#places;
    let place = firstPlace(this.#hash(first, last, length), places);
    for (let probe = 0; probe < MAX_PROBES; probe++, place = nextPlace(place, places)) {
      const number = places[place] as number;
      if (number === 0) return this.#add(letters.cut(from, to), Int32Array.of(0, first, last, length), place);
      if (places[place + 1] !== first || places[place + 2] !== last || places[place + 3] !== length) continue;
      const known = this.#known[number - 1] as Known;
      if (length <= MAX_TOLD || isWritten(known.written, letters.bytes, from)) return known;
    }
    return this.look(letters.cut(from, to));
  }

  look(written: string): Known {
    const seen = this.#others.get(written);
    if (seen !== undefined) return seen;
    const known = this.#read(written);
    this.#others.set(known.written, known);
    return known;
  }

  #add(written: string, numbers: Int32Array, place: number): Known {
    // In a table that has grown there may be room for what found none before.
    const known = this.#others.get(written) ?? this.#read(written);
    numbers[0] = this.#known.push(known);
    this.#places.set(numbers, place);
    if (PLACE_SIZE * this.#known.length > this.#places.length / 2) this.#grow();
    return known;
  }

  #grow(): void {
    const places = new Int32Array(2 * this.#places.length);
    for (let from = 0; from < this.#places.length; from += PLACE_SIZE) {
      const numbers = this.#places.subarray(from, from + PLACE_SIZE);
      const [number = 0, first = 0, last = 0, length = 0] = numbers;
      if (number === 0) continue;
      let place = firstPlace(this.#hash(first, last, length), places);
      while (places[place] !== 0) place = nextPlace(place, places);
      places.set(numbers, place);
    }
    this.#places = places;
  }
}
