import { detectAll } from 'tinyld/light';
import { MARKED_LANGUAGES, type Marked } from './language-markers.ts';
import { foldWord, isAscii } from './text.ts';
import type { Candidate, Question } from './types.ts';
import { type Evidence, weighProse } from './weigh-prose.ts';

const SAMPLE_LENGTH = 1_000;
/** The detector's accuracy is a share of evidence, no probability: weigh the first against the second. */
const MIN_ACCURACY = 0.07;
const MIN_LEAD = 1.5;

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

/** The language that most words mark, their share, and that of the next one. */
function readMarkers({ words, marks }: Evidence) {
  let marked: Marked | undefined;
  let share = 0;
  let next = 0;
  for (const language of MARKED_LANGUAGES) {
    const own = marks[language] / words;
    next = Math.max(next, Math.min(own, share));
    if (own <= share) continue;
    marked = language;
    share = own;
  }
  return { marked, share, next };
}

/** The language of a text (ISO 639-1), or undefined where it is too short, code, names, or not clear. */
export function detectLanguage(text: string): string | undefined {
  const prose = readProse(text);
  const evidence = weighProse(prose);
  if (!evidence.enough) return undefined;
  const { marked, share, next } = readMarkers(evidence);
  if (share >= CLEAR_MARKER_SHARE && share >= next * MARKER_LEAD) return marked;
  const [first, second] = detectAll(prose);
  if (first === undefined || first.accuracy < MIN_ACCURACY) return undefined;
  if (first.accuracy < (second?.accuracy ?? 0) * MIN_LEAD) return undefined;
  return first.lang === marked || share < DOUBTFUL_MARKER_SHARE ? first.lang : undefined;
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
