import { MARKED_BY, type Marked } from './language-markers.ts';
import { currentLexicon } from './lexicon.ts';
import { foldWord, isWestern, splitWords } from './text.ts';

const MIN_WORDS = 10;
/** Scripts written without spaces: letters say enough. */
const MIN_FOREIGN_LETTERS = 20;
const MAX_NAME_SHARE = 0.5;

export interface Evidence {
  /** Enough words, and few enough of them names, for a language to show. */
  enough: boolean;
  /** Words, accents and case aside. */
  words: number;
  /** How many of them mark a language. */
  marks: Record<Marked, number>;
}

const FOREIGN_LETTER = /(?!\p{sc=Latin})\p{L}/gu;
const NAME = /^\p{Lu}|\p{N}|_/u;

const suffice = (words: number, names: number): boolean =>
  words >= MIN_WORDS && names <= words * MAX_NAME_SHARE;

function saysEnough(prose: string): boolean {
  const western = isWestern(prose);
  const words = splitWords(prose).filter(
    (word) => word.length > 1 || (!western && word.search(FOREIGN_LETTER) >= 0),
  );
  if (!western && (words.join('').match(FOREIGN_LETTER)?.length ?? 0) >= MIN_FOREIGN_LETTERS) return true;
  return suffice(words.length, words.filter((word) => NAME.test(word)).length);
}

function weighAny(prose: string): Evidence {
  const marks = { en: 0, pt: 0 };
  const folded = splitWords(foldWord(prose));
  for (const word of folded) {
    const language = MARKED_BY.get(word);
    if (language !== undefined) marks[language] += 1;
  }
  return { enough: saysEnough(prose), words: folded.length, marks };
}

/** The same for Western languages, in one pass. */
function weighWestern(prose: string): Evidence {
  const marks = { en: 0, pt: 0 };
  let telling = 0;
  let names = 0;
  const words = currentLexicon().wordsOf(prose);
  for (const { written, isName, marks: marked } of words) {
    if (written.length > 1) {
      telling += 1;
      if (isName) names += 1;
    }
    if (marked !== undefined) marks[marked] += 1;
  }
  return { enough: suffice(telling, names), words: words.length, marks };
}

/** What the words of a text say of its language. */
export function weighProse(prose: string): Evidence {
  return isWestern(prose) ? weighWestern(prose) : weighAny(prose);
}
