import { parseSynthesisPrompt } from '../../aggregate/synthesis-layout.ts';
import type { Prompt } from '../provider.ts';
import { composeAnswer } from './compose-answer.ts';
import { composeMerge } from './compose-merge.ts';
import { contentLanguageOf } from './content-language.ts';

export interface AnswerPromptOptions {
  providerId: string;
  misconceptionShare: number;
}

/** What the built-in content has to say to a prompt; undefined for a merging task that cannot be read. */
export function answerPrompt(
  { system, user }: Pick<Prompt, 'system' | 'user'>,
  { providerId, misconceptionShare }: AnswerPromptOptions,
): string | undefined {
  if (/merge/i.test(system)) {
    const merged = composeMerge(parseSynthesisPrompt(user)?.answers ?? []);
    return merged === '' ? undefined : merged;
  }
  const language = contentLanguageOf(system, user);
  return composeAnswer({ providerId, question: user, language, misconceptionShare });
}
