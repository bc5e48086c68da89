import type { Prompt } from './provider.ts';

/** Reasoning models spend part of it on thoughts before the first word. */
const MAX_OUTPUT_TOKENS = 2048;

const TUTOR = `You are a tutor of cloud computing (AWS, Azure, Google Cloud and the ideas behind them).
Answer the student's question correctly and concisely, in at most 250 words, with one short example where it helps.
Keep the names of services, commands and certifications in their original form.
If you are not sure, say what you are unsure of instead of guessing.
If the question offers options, explain the choice in one or two sentences and end with a line that names the letter of the right option, or of each right option, such as "The answer is (B)." in the language of your answer.`;

/**
 * Asks a provider as a tutor.
 * @param language BCP 47 primary tag such as `pt`; absent: the question's own.
 * @param override replaces the tutor's role; the rule about the language stays.
 */
export function buildTutorPrompt(question: string, language?: string, override?: string): Prompt {
  const role = override?.trim() || TUTOR;
  return { system: `${role}\n${languageRule(language)}`, user: question, maxOutputTokens: MAX_OUTPUT_TOKENS };
}

function languageRule(language: string | undefined): string {
  return language === undefined
    ? 'Answer in the language of the question.'
    : `Answer in the language with the BCP 47 tag "${language}", whatever the language of the question.`;
}
