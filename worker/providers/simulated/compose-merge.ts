import { SIMULATED_MARK } from './mark.ts';
import { ALL_TOPICS } from './topics/all-topics.ts';
import { countShared, wordsOf } from './words.ts';

const MISCONCEPTIONS = ALL_TOPICS.flatMap(({ en, pt }) => [en.misconception, pt.misconception]).filter(
  (text) => text !== undefined,
);
const MAX_ADDED_SENTENCES = 2;
/** A sentence is new when less than this share of its words stands in the text already. */
const NEW_BELOW = 0.35;
const CHOICE = /\(([A-H])\)\.?\s*$/;

/**
 * Joins answers the way a merging model would: the answer that has most in common with the others, with what
 * the others add to it. It knows a misconception when it reads one, and leaves it out where anything else is
 * there. With options, only answers of the majority's option count. Empty without answers.
 */
export function composeMerge(answers: string[]): string {
  const texts = answers.map(withoutMark).filter((answer) => answer !== '');
  const sound = texts.filter((text) => !MISCONCEPTIONS.some((wrong) => text.startsWith(wrong)));
  const candidates = ofTheMajority(sound.length > 0 ? sound : texts);
  const base = mostCentral(candidates);
  if (base === undefined) return '';
  const closing = CHOICE.test(base) ? (base.split('\n').at(-1) ?? '') : '';
  const body = base.slice(0, base.length - closing.length).trim();
  const added = newSentences(
    body,
    candidates.filter((answer) => answer !== base),
  );
  return [[body, ...added].join(' '), closing].filter((part) => part !== '').join('\n\n');
}

function withoutMark(answer: string): string {
  return answer.replaceAll(SIMULATED_MARK, '').trim();
}

function ofTheMajority(answers: string[]): string[] {
  const byChoice = Map.groupBy(answers, (answer) => CHOICE.exec(answer)?.[1] ?? '');
  const groups = [...byChoice.values()].sort((a, b) => b.length - a.length);
  return groups[0] ?? [];
}

function mostCentral(answers: string[]): string | undefined {
  const words = answers.map(wordsOf);
  const centrality = words.map((own) => words.reduce((sum, other) => sum + countShared(own, other), 0));
  return answers[centrality.indexOf(Math.max(...centrality))];
}

function newSentences(body: string, others: string[]): string[] {
  const known = wordsOf(body);
  const added: string[] = [];
  for (const sentence of others.flatMap((other) => other.split(/(?<=[.!?])\s+/))) {
    if (added.length === MAX_ADDED_SENTENCES) break;
    const words = wordsOf(sentence);
    if (words.size < 5 || CHOICE.test(sentence)) continue;
    if (countShared(words, known) / words.size >= NEW_BELOW) continue;
    added.push(sentence.trim());
    for (const word of words) known.add(word);
  }
  return added;
}
