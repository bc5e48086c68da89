import { MARKED_BY, type Marked } from './language-markers.ts';
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
  /** It begins with a capital, or has a digit. */
  isName: boolean;
  /** The language that it marks. */
  marks: Marked | undefined;
}

const IS_NUMBER = /^\p{N}/u;
const NAME = /^\p{Lu}|\p{N}/u;

/** Long words are rarer and say more; numbers, acronyms and names decide. */
function weighWord(word: string): number {
  const weight = 0.4 + Math.min(word.length, 10) / 10;
  if (/^[a-z]+$/.test(word)) return weight;
  if (/\p{N}/u.test(word)) return 2;
  if (/\p{Lu}.*\p{Lu}/u.test(word)) return 1.6;
  return /^\p{Lu}/u.test(word) ? weight * 1.3 : weight;
}

export function spell(word: string): Spelling {
  const folded = foldWord(word);
  const term = toTerm(folded);
  return {
    term,
    weight: weighWord(word),
    isStop: STOP_WORDS.has(folded),
    isFigure: IS_NUMBER.test(term),
    isName: NAME.test(word),
    marks: MARKED_BY.get(folded),
  };
}
