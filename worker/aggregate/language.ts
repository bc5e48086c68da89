import { detectAll } from 'tinyld/light';
import { foldWord, isAscii, splitWords } from './text.ts';
import type { Candidate, Question } from './types.ts';

const SAMPLE_LENGTH = 1_000;
const MIN_WORDS = 10;
/** Scripts written without spaces: letters say enough. */
const MIN_FOREIGN_LETTERS = 20;
const MAX_NAME_SHARE = 0.5;
/** The detector's accuracy is a share of evidence, no probability: weigh the first against the second. */
const MIN_ACCURACY = 0.07;
const MIN_LEAD = 1.5;

/** Frequent words that a text in this language can hardly avoid, and that its neighbours hardly share. */
const MARKERS = {
  en: 'the of and is are to for that with it this not have has you your can be by or from which was',
  pt: 'nao e sao uma um em do da dos das na nas ao aos os ou com mais voce pelo pela isso seu sua',
};
type Marked = keyof typeof MARKERS;
const MARKED_LANGUAGES = Object.keys(MARKERS) as Marked[];
const MARKED_BY: ReadonlyMap<string, Marked> = new Map(
  MARKED_LANGUAGES.flatMap((language) =>
    MARKERS[language].split(' ').map((word) => [word, language] as const),
  ),
);
const LONGEST_MARKER = Math.max(...Array.from(MARKED_BY.keys(), ({ length }) => length));
const CLEAR_MARKER_SHARE = 0.15;
const MARKER_LEAD = 2.5;
/** From this share on, a detector that names another language is not believed. */
const DOUBTFUL_MARKER_SHARE = 0.06;

/** A question about languages may want its answer in another than its own. */
const NAMES_A_LANGUAGE =
  /\b(?:translat\w*|traduz\w*|traduc\w*|(?:in|into|em|para o|en) (?:english|portuguese|spanish|french|german|ingles|portugues|espanhol|frances|alemao))\b/;

const NO_PROSE = /```[^`]*(?:```|$)|`[^`\n]*`|\$[^$\n]*\$|\\[a-z]+|https?:\/\/\S+/gi;
const hasOnlyProse = (text: string): boolean =>
  !text.includes('`') && !text.includes('$') && !text.includes('\\') && !text.includes('://');

/** The running text at the start: no code, no formulas, no addresses. */
function readProse(text: string): string {
  const normal = isAscii(text) ? text : text.normalize('NFKC');
  return (hasOnlyProse(normal) ? normal : normal.replace(NO_PROSE, ' ')).slice(0, SAMPLE_LENGTH);
}

interface Evidence {
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

const outnumber = (words: number, names: number): boolean =>
  words >= MIN_WORDS && names <= words * MAX_NAME_SHARE;

function saysEnough(all: readonly string[]): boolean {
  const words = all.filter((word) => word.length > 1 || word.search(FOREIGN_LETTER) >= 0);
  if ((words.join('').match(FOREIGN_LETTER)?.length ?? 0) >= MIN_FOREIGN_LETTERS) return true;
  return outnumber(words.length, words.filter((word) => NAME.test(word)).length);
}

function weighProse(prose: string): Evidence {
  const marks = { en: 0, pt: 0 };
  const folded = splitWords(foldWord(prose));
  for (const word of folded) {
    const language = MARKED_BY.get(word);
    if (language !== undefined) marks[language] += 1;
  }
  return { enough: saysEnough(splitWords(prose)), words: folded.length, marks };
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
  return { enough: outnumber(telling, names), words: words.length, marks };
}

function rankMarkers({ words, marks }: Evidence) {
  return MARKED_LANGUAGES.map((language) => ({ language, share: marks[language] / words })).sort(
    (a, b) => b.share - a.share,
  );
}

/** The language of a text (ISO 639-1), or undefined where it is too short, code, names, or not clear. */
export function detectLanguage(text: string): string | undefined {
  const prose = readProse(text);
  const evidence = isAscii(prose) ? weighAscii(prose) : weighProse(prose);
  if (!evidence.enough) return undefined;
  const [marked, other] = rankMarkers(evidence);
  const share = marked?.share ?? 0;
  if (marked && share >= CLEAR_MARKER_SHARE && share >= (other?.share ?? 0) * MARKER_LEAD)
    return marked.language;
  const [first, second] = detectAll(prose);
  if (first === undefined || first.accuracy < MIN_ACCURACY) return undefined;
  if (first.accuracy < (second?.accuracy ?? 0) * MIN_LEAD) return undefined;
  return first.lang === marked?.language || share < DOUBTFUL_MARKER_SHARE ? first.lang : undefined;
}

/** The language that answers should be in: the one asked for, else the question's own where that is clear. */
export function expectedLanguage(question: Question): string | undefined {
  if (question.language) return question.language.toLowerCase().split(/[-_]/)[0];
  return NAMES_A_LANGUAGE.test(foldWord(question.text)) ? undefined : detectLanguage(question.text);
}

/** True only where the text is clearly in another language than `expected` (ISO 639-1). */
export function isWrongLanguage(
  { text, language = detectLanguage(text) ?? null }: Pick<Candidate, 'text' | 'language'>,
  expected: string,
): boolean {
  return language !== null && language !== expected;
}
