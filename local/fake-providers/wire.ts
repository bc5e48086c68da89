import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import { GEMINI_REPLIES } from './fixtures/gemini-replies.ts';
import { HUGGINGFACE_REPLIES } from './fixtures/huggingface-replies.ts';
import { OPENAI_REPLIES } from './fixtures/openai-replies.ts';
import type { Replies } from './fixtures/reply.ts';

/** A call as read from a request; `provider` is the first segment of the path. */
export interface ProviderCall {
  provider: string;
  model: string;
  system: string;
  question: string;
  hasKey: boolean;
  /** The request's body, as the provider got it. */
  body: unknown;
}

const ChatBody = z.object({
  model: z.string(),
  messages: z.array(z.object({ role: z.string(), content: z.string() })).min(1),
});
const Content = z.object({ parts: z.array(z.object({ text: z.string() })) });
const GeminiBody = z.object({ systemInstruction: Content.optional(), contents: z.array(Content).min(1) });

/** The provider whose endpoint a path is; undefined for any other path. */
export function matchEndpoint(path: string): { provider: string; geminiModel?: string } | undefined {
  const chat = /^\/([\w-]+)\/v1\/chat\/completions$/.exec(path);
  if (chat?.[1]) return { provider: chat[1] };
  const gemini = /^\/([\w-]+)\/v1beta\/models\/([^/:]+):generateContent$/.exec(path);
  return gemini?.[1] && gemini[2] ? { provider: gemini[1], geminiModel: gemini[2] } : undefined;
}

/** Reads a call; throws a ZodError or SyntaxError for a body that the real API would reject. */
export function readCall(
  { provider, geminiModel }: { provider: string; geminiModel?: string },
  headers: IncomingHttpHeaders,
  body: string,
): ProviderCall {
  const json: unknown = JSON.parse(body);
  if (geminiModel !== undefined) {
    const { systemInstruction, contents } = GeminiBody.parse(json);
    const hasKey = Boolean(headers['x-goog-api-key']);
    const [system, question] = [textOf(systemInstruction), textOf(contents.at(-1))];
    return { provider, model: geminiModel, system, question, hasKey, body: json };
  }
  const { model, messages } = ChatBody.parse(json);
  const hasKey = Boolean(headers.authorization);
  const last = (role: string) => messages.findLast((message) => message.role === role)?.content ?? '';
  return { provider, model, system: last('system'), question: last('user'), hasKey, body: json };
}

export function repliesOf(provider: string): Replies {
  if (provider === 'gemini') return GEMINI_REPLIES;
  return provider === 'hf' ? HUGGINGFACE_REPLIES : OPENAI_REPLIES;
}

function textOf(content: z.infer<typeof Content> | undefined): string {
  return (content?.parts ?? []).map((part) => part.text).join('');
}
