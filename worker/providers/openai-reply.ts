import { z } from 'zod';
import type { Completion, Usage } from '../../shared/contract/outcome.ts';
import { failureOf, failureOfReply } from './failure.ts';
import { machineWord } from './redact.ts';

// Lenient on purpose: only what is read is described, and an unknown field or finish reason never fails.
const Part = z.object({ text: z.string().optional().catch(undefined) });
const Choice = z.object({
  finish_reason: z.string().nullish().catch(null),
  message: z.object({
    content: z.union([z.string(), z.array(Part)]).nullish(),
    refusal: z.string().nullish().catch(null),
  }),
});
const Reply = z.object({
  choices: z.tuple([Choice], z.unknown()),
  usage: z
    .object({ prompt_tokens: z.number().nonnegative(), completion_tokens: z.number().nonnegative() })
    .nullish()
    .catch(null),
});
const ErrorObject = z.object({
  error: z.union([
    z.string(),
    z.object({
      message: z.string().optional().catch(undefined),
      code: z.union([z.string(), z.number()]).nullish().catch(null),
      type: z.string().nullish().catch(null),
    }),
  ]),
});

/** Reads the body of a chat completion that came with status 200. */
export function readChatCompletion(body: unknown, secret: string | undefined): Completion {
  const reply = Reply.safeParse(body);
  if (!reply.success) return failureOfBody(body, secret);
  const choice = reply.data.choices[0];
  const finish = machineWord(choice.finish_reason, secret) ?? 'unknown';
  const usage = readUsage(reply.data.usage);
  const facts = { possiblyBilled: true, finish, usage };

  if (choice.message.refusal) return failureOf('refused', facts);
  if (finish === 'content_filter') return failureOf('filtered', facts);
  const text = textOf(choice.message.content);
  const cut = finish === 'length';
  // Cut before the first word: the limit went into reasoning, and would again.
  if (text === '') return failureOf('empty', { ...facts, retryable: !cut });
  return { outcome: cut ? 'truncated' : 'ok', text, finish, usage };
}

function failureOfBody(body: unknown, secret: string | undefined): Completion {
  const parsed = ErrorObject.safeParse(body);
  if (!parsed.success) {
    const note = typeof body === 'string' ? 'text instead of JSON' : 'not a chat completion';
    return failureOf('bad_response', { note, possiblyBilled: true });
  }
  const error = typeof parsed.data.error === 'string' ? { message: parsed.data.error } : parsed.data.error;
  const status = Number(error.code);
  return failureOfReply(
    {
      // Gateways put the upstream's status into the code of an error object under status 200.
      status: status >= 400 && status <= 599 ? status : 200,
      codes: [error.code, error.type].filter((code) => typeof code === 'string'),
      ...(error.message !== undefined && { detail: error.message }),
    },
    secret,
  );
}

function textOf(content: z.infer<typeof Choice>['message']['content']): string {
  const text =
    typeof content === 'string' ? content : (content ?? []).map((part) => part.text ?? '').join('');
  return dropReasoning(text).trim();
}

/** Open reasoning models write their thoughts into the content, ahead of the answer; unclosed, it is all thought. */
function dropReasoning(text: string): string {
  if (!text.trimStart().startsWith('<think>')) return text;
  const end = text.indexOf('</think>');
  return end < 0 ? '' : text.slice(end + '</think>'.length);
}

function readUsage(usage: z.infer<typeof Reply>['usage']): Usage | null {
  return usage ? { input_tokens: usage.prompt_tokens, output_tokens: usage.completion_tokens } : null;
}
