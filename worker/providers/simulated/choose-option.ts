import { wordsOf } from './words.ts';

export interface Option {
  letter: string;
  text: string;
}

const OPTION = /(?:^|\s)\(?([A-H])[).:]\s+(.+?)(?=\s\(?[A-H][).:]\s|\n|$)/g;

/** The question without its options, and its options; none unless they run A, B, … without a gap. */
export function splitOptions(question: string): { stem: string; options: Option[] } {
  const matches = [...question.matchAll(OPTION)];
  const options = matches.map(([, letter = '', text = '']) => ({ letter, text: text.trim() }));
  const inOrder = options.every(({ letter }, index) => letter === String.fromCharCode(65 + index));
  if (options.length < 2 || !inOrder) return { stem: question, options: [] };
  return { stem: question.slice(0, matches[0]?.index), options };
}

/**
 * The option that content supports best: it names the subject, or stands in a sentence close to the stem. The
 * first of equals. A word weighs less the more sentences, or options, it stands in.
 */
export function chooseOption(
  stem: string,
  options: Option[],
  { title, text }: { title: string; text: string },
): Option | undefined {
  const sentences = text.split(/[.;]\s+/).map(wordsOf);
  const titleWords = wordsOf(title);
  const stemWords = wordsOf(stem);
  const optionWords = options.map((option) => wordsOf(option.text));
  const closeness = sentences.map((sentence) => 0.1 + weighShared(stemWords, sentence, sentences));
  let best: Option | undefined;
  let bestScore = Number.NEGATIVE_INFINITY;
  options.forEach((option, index) => {
    const words = optionWords[index] ?? new Set<string>();
    const whole = weighShared(words, words, optionWords) || 1;
    const supports = sentences.map((sentence, at) => {
      return ((closeness[at] ?? 0) * weighShared(words, sentence, optionWords)) / whole;
    });
    const score = Math.max(...supports) + weighShared(words, titleWords, optionWords) / whole;
    if (score > bestScore) [best, bestScore] = [option, score];
  });
  return best;
}

/** The weight of the words that two sets share; one that stands in n of `peers` weighs 1/n. */
function weighShared(some: Set<string>, others: Set<string>, peers: Set<string>[]): number {
  let weight = 0;
  for (const word of some) {
    if (others.has(word)) weight += 1 / Math.max(1, peers.filter((peer) => peer.has(word)).length);
  }
  return weight;
}
