import type { Random } from '../../shared/ports/clock.ts';
import type { Prompt } from '../providers/provider.ts';
import { type ClosedQuestion, readClosedQuestion } from './closed-question.ts';
import { expectedLanguage } from './language.ts';
import { formatSynthesisTask } from './synthesis-layout.ts';
import { SYNTHESIS_RULES } from './synthesis-rules.ts';
import { shorten } from './text.ts';
import type { Candidate, Consensus, Question } from './types.ts';

export interface SynthesisPrompt {
  prompt: Prompt;
  /** Which provider stands behind `Answer 1` … `Answer n`. */
  labels: Map<string, string>;
}

/**
 * All answers together, in characters: room for them in a context of 32,000 tokens, whatever the language.
 */
const MAX_ANSWERS_LENGTH = 60_000;
const MIN_OUTPUT_TOKENS = 2_048;
const MAX_OUTPUT_TOKENS = 8_192;

function describeLanguage(question: Question): string {
  const language = expectedLanguage(question);
  return language === undefined
    ? 'Write in the language of the question.'
    : `Write in the language of the question (ISO 639-1 code: ${language}).`;
}

function describeForm(closed: ClosedQuestion | undefined): string {
  switch (closed?.kind) {
    case 'options': {
      const count =
        closed.choose === 1
          ? 'the one option'
          : closed.choose === 'any'
            ? 'every option'
            : `the ${closed.choose} options`;
      return `The question offers options: begin with ${count} that you find correct, letter and text as in the question, then say why, and why not the others.`;
    }
    case 'yes_no':
      return 'The question asks for yes or no: begin with it, then say why.';
    case 'number':
      return 'The question asks for a number: begin with it and its unit.';
    default:
      return 'Begin with the direct answer, then explain it.';
  }
}

/** Who stands together, by number only: what an answer says never leaves its quotes. */
function describeSplit(shown: readonly Candidate[], { clusters }: Consensus): string {
  const groups = clusters.map(({ providers }) =>
    shown.flatMap(({ provider }, index) => (providers.includes(provider) ? [index + 1] : [])).join(', '),
  );
  const split = groups.filter((group) => group !== '').sort();
  if (split.length < 2) return 'Their wording suggests that the answers agree; check it.';
  return `Their wording suggests that these answers stand apart: ${split.join(' | ')}. Look there for contradictions.`;
}

function describeAgreement({ agreement }: Consensus): string {
  if (agreement === null) return '';
  const percent = Math.round(agreement.score * 100);
  return ` Counting alone gives the position that most speaks for a chance of about ${percent} % to be right.`;
}

function shuffle<T>(items: readonly T[], random: Random): T[] {
  return items
    .map((item) => ({ item, place: random.float() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}

function countOutputTokens(texts: readonly string[]): number {
  const longest = Math.max(...texts.map(({ length }) => length));
  return Math.min(MAX_OUTPUT_TOKENS, Math.max(MIN_OUTPUT_TOKENS, Math.ceil(longest / 2)));
}

/**
 * The task for a merging model: answers unnamed, in random order, quoted as data under a nonce of this call.
 */
export function buildSynthesisPrompt(
  question: Question,
  kept: readonly Candidate[],
  consensus: Consensus,
  random: Random,
): SynthesisPrompt {
  const shown = shuffle(kept, random);
  const answers = shown.map(({ text }) => shorten(text, Math.floor(MAX_ANSWERS_LENGTH / shown.length)));
  const task = formatSynthesisTask({ question: question.text, answers }, random.id());
  const form = describeForm(readClosedQuestion(question.text));
  return {
    prompt: {
      system: [...SYNTHESIS_RULES, describeLanguage(question), form].join('\n'),
      user: `${task}\n\nMerge these answers into one. ${describeSplit(shown, consensus)}${describeAgreement(consensus)}`,
      maxOutputTokens: countOutputTokens(answers),
    },
    labels: new Map(shown.map(({ provider }, index) => [`Answer ${index + 1}`, provider])),
  };
}
