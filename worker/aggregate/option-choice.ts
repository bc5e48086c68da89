import {
  findStatements,
  type Patterns,
  patternsFor,
  readLabels,
  type Statement,
} from './option-statements.ts';
import type { Option } from './options.ts';
import { plainText } from './plain-text.ts';
import { foldWord, splitSentences, splitWords } from './text.ts';

/** `**B**` and `\boxed{B}` point to a label as parentheses do. */
function readPlain(answer: string): string {
  const pointed = answer.replace(/\*\*\s?\(?([A-Z]|\d)[).:]?\s?\*\*(?!\s?[A-Z])/g, '($1)');
  return plainText(pointed.replace(/\\boxed\{\s?(?:\\text\{)?\(?([A-Z]|\d)\)?\}{1,2}/g, 'answer is ($1)'));
}

type Accepts = (labels: readonly string[]) => boolean;

/** The last statement that names as many as are asked for; else all statements together, where that fits. */
function settle(statements: readonly Statement[], accepts: Accepts, single: boolean): string[] | undefined {
  const last = statements.findLast(({ labels }) => accepts(labels));
  if (single || (last && last.labels.length > 1)) return last?.labels;
  const union = [...new Set(statements.flatMap(({ labels }) => labels))];
  return accepts(union) ? union : undefined;
}

const APPROVES = /(?<![\p{L}])(?:correct|right answer|corret[ao]|cert[ao])(?![\p{L}])|[✅✓✔]/iu;
const REJECTS =
  /(?<![\p{L}])(?:incorrect|wrong|not|false|incorret[ao]|errad[ao]|não|fals[ao])(?![\p{L}])|n['’]t(?![\p{L}])|[❌✗✘]/iu;

/** Answers that go through the options line by line, or open with the chosen one. */
function readLines(plain: string, patterns: Patterns, accepts: Accepts): string[] | undefined {
  const lines = plain.split('\n').flatMap((line, index) => {
    const match = patterns.line.exec(line.slice(0, 400));
    const labels = match ? readLabels(match[1] ?? '', ')') : [];
    return labels.length > 0 ? [{ labels, line, index }] : [];
  });
  const distinct = (found: typeof lines) => [...new Set(found.flatMap(({ labels }) => labels))];
  const approved = distinct(lines.filter(({ line }) => APPROVES.test(line) && !REJECTS.test(line)));
  if (accepts(approved)) return approved;
  const remaining = distinct(lines.filter(({ line }) => !REJECTS.test(line)));
  if (accepts(remaining)) return remaining;
  const opening = lines.find(({ index }) => index === 0)?.labels ?? [];
  return lines.length === 1 && accepts(opening) ? opening : undefined;
}

const wordsOf = (text: string): string => ` ${splitWords(plainText(text)).map(foldWord).join(' ')} `;

/**
 * Options named by their text; one whose text is part of a longer one found at the same place does not
 * count.
 */
function readOptionTexts(
  sentences: readonly string[],
  options: readonly Option[],
  accepts: Accepts,
): string[] | undefined {
  const named = options
    .map(({ label, text }) => ({ label, words: wordsOf(text) }))
    .filter(({ words }) => words.trim().length > 1)
    .sort((a, b) => b.words.length - a.words.length);
  for (const sentence of sentences.slice(-40).reverse()) {
    if (REJECTS.test(sentence)) continue;
    let rest = wordsOf(sentence);
    const labels = named.flatMap(({ label, words }) => {
      if (!rest.includes(words)) return [];
      rest = rest.replaceAll(words, ' | ');
      return [label];
    });
    if (accepts(labels)) return labels;
  }
  return undefined;
}

function readEnclosed(
  sentences: readonly string[],
  patterns: Patterns,
  accepts: Accepts,
): string[] | undefined {
  for (const sentence of sentences.slice(-40).reverse()) {
    const labels = [...new Set(Array.from(sentence.matchAll(patterns.enclosed), ([, label = '']) => label))];
    if (labels.length > 0 && !REJECTS.test(sentence)) return accepts(labels) ? labels : undefined;
  }
  return undefined;
}

const spell = (labels: readonly string[]): string => [...labels].sort().join('+');

/** Reads which options an answer chooses, e.g. `B` or `A+C`; undefined where it does not say clearly. */
export function createOptionReader(options: readonly Option[], choose: number | 'any') {
  const patterns = patternsFor(options.map(({ label }) => label));
  const accepts: Accepts = ({ length }) => (choose === 'any' ? length > 0 : length === choose);
  return (answer: string) => {
    const plain = readPlain(answer);
    const sentences = splitSentences(plain);
    const statements = findStatements(plain, patterns);
    const strong = statements.filter((statement) => statement.strong);
    const chosen =
      settle(strong, accepts, choose === 1) ??
      readLines(plain, patterns, accepts) ??
      readEnclosed(sentences, patterns, accepts) ??
      settle(statements, accepts, choose === 1) ??
      readOptionTexts(sentences, options, accepts);
    if (chosen === undefined) return undefined;
    const choice = spell(chosen);
    const others =
      choose === 1 ? strong.filter(({ labels }) => accepts(labels) && spell(labels) !== choice) : [];
    return { choice, wavers: others.length > 0 };
  };
}
