import { z } from 'zod';
import type { Completion, Usage } from '../../shared/contract/outcome.ts';
import { failureOf, failureOfReply } from './failure.ts';
import { machineWord } from './redact.ts';

// Lenient on purpose: only what is read is described, and an unknown field or finish reason never fails.
const Part = z.object({
  text: z.string().optional().catch(undefined),
  thought: z.boolean().optional().catch(false),
});
const Candidate = z.object({
  content: z.object({ parts: z.array(Part).nullish() }).nullish(),
  finishReason: z.string().nullish().catch(null),
});
const TokenCount = z.number().nonnegative().optional().catch(0);
const Reply = z.object({
  candidates: z.array(Candidate).nullish(),
  promptFeedback: z.object({ blockReason: z.string().optional() }).nullish().catch(null),
  usageMetadata: z
    .object({
      promptTokenCount: z.number().nonnegative(),
      candidatesTokenCount: TokenCount,
      thoughtsTokenCount: TokenCount,
    })
    .nullish()
    .catch(null),
});
const ErrorObject = z.object({
  error: z.object({
    code: z.number().optional().catch(undefined),
    status: z.string().optional().catch(undefined),
    message: z.string().optional().catch(undefined),
  }),
});

/** The answer is withheld, in whole or in part, for what it says. */
const FILTERING_REASONS: ReadonlySet<string> = new Set([
  'SAFETY',
  'RECITATION',
  'PROHIBITED_CONTENT',
  'SPII',
  'BLOCKLIST',
  'IMAGE_SAFETY',
]);

/** Reads the body of a `generateContent` that came with status 200. */
export function readGeminiReply(body: unknown, secret: string | undefined): Completion {
  const reply = Reply.safeParse(body);
  const failure = ErrorObject.safeParse(body);
  if (failure.success) return failureOfErrorObject(failure.data.error, secret);
  if (!reply.success) return failureOf('bad_response', { note: 'not a Gemini reply', possiblyBilled: true });

  const usage = readUsage(reply.data.usageMetadata);
  const candidate = reply.data.candidates?.[0];
  if (candidate) return readCandidate(candidate, usage, secret);
  const blockReason = reply.data.promptFeedback?.blockReason;
  if (blockReason) {
    const finish = machineWord(blockReason, secret) ?? 'unknown';
    return failureOf('filtered', { possiblyBilled: true, finish, usage });
  }
  return failureOf('bad_response', { note: 'no candidates', possiblyBilled: true, usage });
}

function readCandidate(
  candidate: z.infer<typeof Candidate>,
  usage: Usage | null,
  secret: string | undefined,
): Completion {
  const finish = machineWord(candidate.finishReason, secret) ?? 'unknown';
  const facts = { possiblyBilled: true, finish, usage };
  if (FILTERING_REASONS.has(finish)) return failureOf('filtered', facts);
  const text = (candidate.content?.parts ?? [])
    .filter((part) => part.thought !== true)
    .map((part) => part.text ?? '')
    .join('')
    .trim();
  // Cut before the first word: the limit went into thinking, and would again.
  if (text === '') return failureOf('empty', { ...facts, retryable: finish !== 'MAX_TOKENS' });
  // OTHER ends an answer for a reason Google does not give: what is there may be a part only.
  const cut = finish === 'MAX_TOKENS' || finish === 'OTHER';
  return { outcome: cut ? 'truncated' : 'ok', text, finish, usage };
}

function failureOfErrorObject(
  { code, status, message }: z.infer<typeof ErrorObject>['error'],
  secret: string | undefined,
): Completion {
  return failureOfReply(
    {
      status: code !== undefined && code >= 400 && code <= 599 ? code : 200,
      codes: status === undefined ? [] : [status],
      ...(message !== undefined && { detail: message }),
    },
    secret,
  );
}

/** Thoughts are billed as output. */
function readUsage(usage: z.infer<typeof Reply>['usageMetadata']): Usage | null {
  if (!usage) return null;
  const output = (usage.candidatesTokenCount ?? 0) + (usage.thoughtsTokenCount ?? 0);
  return { input_tokens: usage.promptTokenCount, output_tokens: output };
}
