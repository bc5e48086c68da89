import { z } from 'zod';
import type { Mode } from '../../shared/contract/job-request.ts';
import { LIMITS } from '../../shared/contract/limits.ts';
import { ProblemError } from '../../shared/contract/problem.ts';
import { modeOfModel } from './models.ts';

const textPartSchema = z.object({ type: z.literal('text'), text: z.string() });

const contentSchema = z.union([z.string(), z.array(textPartSchema)], {
  error: 'must be text, or a list of parts of the type "text": nothing else can be read here',
});

const messageSchema = z.object({
  role: z.enum(['system', 'developer', 'user', 'assistant', 'tool', 'function']),
  content: contentSchema.nullish(),
});

const WITH_TEXT = { type: 'string', pattern: '\\S' };

/** For the description only: `questionOf` is what insists on it. */
const USER_WITH_TEXT = {
  type: 'object',
  required: ['role', 'content'],
  properties: {
    role: { const: 'user' },
    content: {
      anyOf: [
        WITH_TEXT,
        { type: 'array', contains: { type: 'object', required: ['text'], properties: { text: WITH_TEXT } } },
      ],
    },
  },
};

/**
 * What is read of OpenAI's chat completions. What it knows beyond that is let pass: tools send temperatures,
 * limits and tool lists always, and have no use for a refusal. What would change the answer's shape is refused.
 */
export const chatRequestSchema = z
  .looseObject({
    model: z.string().meta({ example: 'iscoolgpt', description: 'iscoolgpt, or with a mode as its suffix.' }),
    messages: z.array(messageSchema).min(1).meta({ contains: USER_WITH_TEXT }),
    stream: z.boolean().nullish(),
    stream_options: z.looseObject({ include_usage: z.boolean().nullish() }).nullish(),
    n: z.literal(1, { error: 'must be 1: the answers are merged into one' }).nullish(),
    response_format: z
      .looseObject({ type: z.literal('text', { error: 'must be text: no other format can be promised' }) })
      .nullish(),
  })
  .meta({ id: 'ChatRequest' });

export type ChatRequest = z.output<typeof chatRequestSchema>;

export interface ChatQuestion {
  question: string;
  mode: Mode;
}

const SPEAKERS: Partial<Record<ChatRequest['messages'][number]['role'], string>> = {
  system: 'System',
  developer: 'System',
  user: 'User',
  assistant: 'Assistant',
};

function textOf({ content }: ChatRequest['messages'][number]): string {
  if (typeof content === 'string') return content.trim();
  return (content ?? [])
    .map(({ text }) => text)
    .join('\n')
    .trim();
}

/** The last message of the user, below all that was said before it where anything was. */
function questionOf(messages: ChatRequest['messages']): string {
  const last = messages.findLastIndex((message) => message.role === 'user' && textOf(message) !== '');
  if (last < 0) {
    throw new ProblemError('invalid_request', 'No message of the role "user" holds a question.', {
      errors: [{ at: '/messages', message: 'must hold a message of the role user, with text' }],
    });
  }
  const said = messages.slice(0, last + 1).flatMap((message) => {
    const speaker = SPEAKERS[message.role];
    const text = textOf(message);
    return speaker && text ? [{ speaker, text }] : [];
  });
  if (said.length === 1) return said[0]?.text ?? '';
  return said.map(({ speaker, text }) => `${speaker}: ${text}`).join('\n\n');
}

/** What a conversation asks. Throws `not_found` for a model that there is not, `payload_too_large` for one that is too long. */
export function readChat({ model, messages }: ChatRequest): ChatQuestion {
  const mode = modeOfModel(model);
  const question = questionOf(messages);
  if (question.length > LIMITS.questionCharacters) {
    throw new ProblemError(
      'payload_too_large',
      `The conversation has ${question.length} characters and may have ${LIMITS.questionCharacters}: send fewer or shorter messages.`,
      { errors: [{ at: '/messages', message: 'is too long' }] },
    );
  }
  return { question, mode };
}
