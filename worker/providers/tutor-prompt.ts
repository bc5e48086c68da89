import { DEFAULT_SYSTEM_PROMPT } from '../../shared/config/system-prompt.ts';
import type { Prompt } from './provider.ts';

/** Reasoning models spend part of it on thoughts before the first word. */
const MAX_OUTPUT_TOKENS = 2048;

/**
 * Asks a provider as a tutor.
 * @param language BCP 47 primary tag such as `pt`; absent: the question's own.
 * @param role who the provider is to be; the rule about the language follows it.
 */
export function buildTutorPrompt(
  question: string,
  language?: string,
  role: string = DEFAULT_SYSTEM_PROMPT,
): Prompt {
  return { system: `${role}\n${languageRule(language)}`, user: question, maxOutputTokens: MAX_OUTPUT_TOKENS };
}

function languageRule(language: string | undefined): string {
  return language === undefined
    ? 'Answer in the language of the question.'
    : `Answer in the language with the BCP 47 tag "${language}", whatever the language of the question.`;
}
