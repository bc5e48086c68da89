import { STOP_WORDS } from './stop-words.ts';
import { toTerm } from './terms.ts';
import { foldWord } from './text.ts';

/** What a word says wherever it stands. */
export interface Spelling {
  term: string;
  weight: number;
  /** It says nothing. */
  isStop: boolean;
  isFigure: boolean;
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

function readSpelling(word: string): Spelling {
  const folded = foldWord(word);
  const term = toTerm(folded);
  return { term, weight: weighWord(word), isStop: STOP_WORDS.has(folded), isFigure: IS_NUMBER.test(term) };
}

/** From one job to the next most words are the same. */
const known = new Map<string, Spelling>();
const MAX_KNOWN = 8_192;
/** V8 copies a piece of a text only up to this length: a longer one would hold the whole text in memory. */
const MAX_KNOWN_LENGTH = 12;

export function spell(word: string): Spelling {
  const seen = known.get(word);
  if (seen !== undefined) return seen;
  const spelling = readSpelling(word);
  if (word.length > MAX_KNOWN_LENGTH) return spelling;
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(word, spelling);
  return spelling;
}
