const FIRST_PLACES = 1 << 14;
/** Words can be written so that many share a hash: those are not looked for one after the other. */
const MAX_PROBES = 32;

/** Of Latin-1 letters from one place in a text to another: 32 bits. */
export type HashWord = (letters: Uint8Array, from: number, to: number) => number;

const FNV_BASIS = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** FNV-1a of 32 bits (IETF draft-eastlake-fnv). */
export function fnv1a(letters: Uint8Array, from: number, to: number): number {
  let hash = FNV_BASIS | 0;
  for (let at = from; at < to; at++) hash = Math.imul(hash ^ (letters[at] as number), FNV_PRIME);
  return hash;
}

const firstPlace = (hash: number, places: Int32Array): number => (hash ^ (hash >>> 15)) & (places.length - 1);
const nextPlace = (place: number, places: Int32Array): number => (place + 1) & (places.length - 1);

function isWritten(word: string, letters: Uint8Array, from: number): boolean {
  for (let at = 0; at < word.length; at++) if (word.charCodeAt(at) !== letters[from + at]) return false;
  return true;
}

/** What is known of words, each read once. They are found by their letters, without being cut out of a text. */
export class WordTable<Known extends { written: string }> {
  readonly #read: (written: string) => Known;
  readonly #hash: HashWord;
  readonly #known: Known[] = [];
  /** Open addressing, linear probing: places in `#known` from 1 on, and beside them hashes. */
  #places = new Int32Array(FIRST_PLACES);
  #hashes = new Int32Array(FIRST_PLACES);
  /** Words of other letters, and those that found no place. */
  readonly #others = new Map<string, Known>();

  constructor(read: (written: string) => Known, hash: HashWord = fnv1a) {
    this.#read = read;
    this.#hash = hash;
  }

  /** Of the word that stands there in Latin-1. */
  lookAt(letters: Buffer, from: number, to: number): Known {
    const hash = this.#hash(letters, from, to);
    const places = this.#places;
    let place = firstPlace(hash, places);
    for (let probe = 0; probe < MAX_PROBES; probe++, place = nextPlace(place, places)) {
      if (places[place] === 0) return this.#add(letters.toString('latin1', from, to), hash, place);
      if (this.#hashes[place] !== hash) continue;
      const known = this.#known[(places[place] as number) - 1] as Known;
      if (known.written.length === to - from && isWritten(known.written, letters, from)) return known;
    }
    return this.look(letters.toString('latin1', from, to));
  }

  look(written: string): Known {
    const seen = this.#others.get(written);
    if (seen !== undefined) return seen;
    const known = this.#read(written);
    this.#others.set(known.written, known);
    return known;
  }

  #add(written: string, hash: number, place: number): Known {
    const known = this.#read(written);
    this.#places[place] = this.#known.push(known);
    this.#hashes[place] = hash;
    if (this.#known.length > this.#places.length / 2) this.#grow();
    return known;
  }

  #grow(): void {
    const places = new Int32Array(2 * this.#places.length);
    const hashes = new Int32Array(places.length);
    for (const [from, value] of this.#places.entries()) {
      if (value === 0) continue;
      const hash = this.#hashes[from] as number;
      let place = firstPlace(hash, places);
      while (places[place] !== 0) place = nextPlace(place, places);
      places[place] = value;
      hashes[place] = hash;
    }
    this.#places = places;
    this.#hashes = hashes;
  }
}
