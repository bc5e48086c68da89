import { createChoiceReader } from './choice.ts';
import { readClosedQuestion } from './closed-question.ts';
import { claimsProvenance, repeatsRules } from './false-claims.ts';
import { expectedLanguage, isWrongLanguage } from './language.ts';
import { isRefusal } from './refusal.ts';
import { hasDelimiter } from './synthesis-layout.ts';
import type { Question } from './types.ts';

export const SYNTHESIS_FAULTS = [
  'empty',
  'refusal',
  'leaked_delimiter',
  'leaked_rules',
  'claimed_provenance',
  'wrong_language',
  'no_option',
] as const;
export type SynthesisFault = (typeof SYNTHESIS_FAULTS)[number];

export type Synthesis = { ok: true; text: string } | { ok: false; reason: SynthesisFault };

function findFault(question: Question, text: string): SynthesisFault | undefined {
  if (!/[\p{L}\p{N}]/u.test(text)) return 'empty';
  if (hasDelimiter(text)) return 'leaked_delimiter';
  if (repeatsRules(text)) return 'leaked_rules';
  if (claimsProvenance(text)) return 'claimed_provenance';
  if (isRefusal(text)) return 'refusal';
  const language = expectedLanguage(question);
  if (language !== undefined && isWrongLanguage({ text }, language)) return 'wrong_language';
  const closed = readClosedQuestion(question.text);
  const statesOption =
    closed?.kind !== 'options' || createChoiceReader(question.text, { ...closed, choose: 'any' })(text);
  return statesOption ? undefined : 'no_option';
}

/** Whether a merging model's text can stand as the merged answer; if not, the reason why. */
export function readSynthesis(question: Question, completionText: string): Synthesis {
  const text = completionText.trim();
  const reason = findFault(question, text);
  return reason === undefined ? { ok: true, text } : { ok: false, reason };
}
