import { foldWord, isAscii, isWestern, splitWords } from './text.ts';

const MIN_WORDS = 10;
/** Scripts written without spaces: letters say enough. */
const MIN_FOREIGN_LETTERS = 20;
const MAX_NAME_SHARE = 0.5;

/** Frequent words that a text in this language can hardly avoid, and that its neighbours hardly share. */
const MARKERS = {
  en: 'the of and is are to for that with it this not have has you your can be by or from which was',
  pt: 'nao e sao uma um em do da dos das na nas ao aos os ou com mais voce pelo pela isso seu sua',
};
type Marked = keyof typeof MARKERS;
export const MARKED_LANGUAGES = Object.keys(MARKERS) as Marked[];
const MARKED_BY: ReadonlyMap<string, Marked> = new Map(
  MARKED_LANGUAGES.flatMap((language) =>
    MARKERS[language].split(' ').map((word) => [word, language] as const),
  ),
);
const LONGEST_MARKER = Math.max(...Array.from(MARKED_BY.keys(), ({ length }) => length));

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
/** The same for plain English: several times as fast. */
const ASCII_NAME = /^[A-Z]|[0-9]/;

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

/** The same for plain English, in one pass. */
function weighAscii(prose: string): Evidence {
  const marks = { en: 0, pt: 0 };
  const words = splitWords(prose);
  let telling = 0;
  let names = 0;
  for (const word of words) {
    if (word.length > 1) {
      telling += 1;
      if (ASCII_NAME.test(word)) names += 1;
    }
    if (word.length > LONGEST_MARKER) continue;
    const language = MARKED_BY.get(word.toLowerCase());
    if (language !== undefined) marks[language] += 1;
  }
  return { enough: suffice(telling, names), words: words.length, marks };
}

/** What the words of a text say of its language. */
export function weighProse(prose: string): Evidence {
  return isAscii(prose) ? weighAscii(prose) : weighAny(prose);
}
