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
const MARKERS: readonly (readonly [language: string, words: ReadonlySet<string>])[] = [
  [
    'en',
    new Set(
      'the of and is are to for that with it this not have has you your can be by or from which was'.split(
        ' ',
      ),
    ),
  ],
  [
    'pt',
    new Set(
      'nao e sao uma um em do da dos das na nas ao aos os ou com mais voce pelo pela isso seu sua'.split(' '),
    ),
  ],
];
const CLEAR_MARKER_SHARE = 0.15;
const MARKER_LEAD = 2.5;
/** From this share on, a detector that names another language is not believed. */
const DOUBTFUL_MARKER_SHARE = 0.06;

/** A question about languages may want its answer in another than its own. */
const NAMES_A_LANGUAGE =
  /\b(?:translat\w*|traduz\w*|traduc\w*|(?:in|into|em|para o|en) (?:english|portuguese|spanish|french|german|ingles|portugues|espanhol|frances|alemao))\b/;

/** The running text at the start: no code, no formulas, no addresses. */
function readProse(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/```[^`]*(?:```|$)|`[^`\n]*`|\$[^$\n]*\$|\\[a-z]+|https?:\/\/\S+/gi, ' ')
    .slice(0, SAMPLE_LENGTH);
}

const FOREIGN_LETTER = /(?!\p{sc=Latin})\p{L}/gu;
const NAME = /^\p{Lu}|\p{N}|_/u;
/** The same for plain English: several times as fast. */
const ASCII_NAME = /^[A-Z]|[0-9_]/;

function saysEnough(all: readonly string[]): boolean {
  const ascii = isAscii(all.join(''));
  const words = all.filter((word) => word.length > 1 || (!ascii && word.search(FOREIGN_LETTER) >= 0));
  if (!ascii && (words.join('').match(FOREIGN_LETTER)?.length ?? 0) >= MIN_FOREIGN_LETTERS) return true;
  const name = ascii ? ASCII_NAME : NAME;
  const names = words.filter((word) => name.test(word));
  return words.length >= MIN_WORDS && names.length <= words.length * MAX_NAME_SHARE;
}

function rankMarkers(prose: string) {
  const folded = splitWords(foldWord(prose));
  return MARKERS.map(([language, markers]) => ({
    language,
    share: folded.filter((word) => markers.has(word)).length / folded.length,
  })).sort((a, b) => b.share - a.share);
}

/** The language of a text (ISO 639-1), or undefined where it is too short, code, names, or not clear. */
export function detectLanguage(text: string): string | undefined {
  const prose = readProse(text);
  const words = splitWords(prose);
  if (!saysEnough(words)) return undefined;
  const [marked, other] = rankMarkers(prose);
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
