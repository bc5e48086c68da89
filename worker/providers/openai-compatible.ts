import OpenAI from 'openai';
import type { Clock } from '../../shared/ports/clock.ts';
import { type Failure, failureOfReply } from './failure.ts';
import { failureOfTransport, guardedCall } from './guarded-call.ts';
import { ChatClient } from './openai-client.ts';
import { readChatCompletion } from './openai-reply.ts';
import type { Prompt, Provider } from './provider.ts';
import { readRetryAfterMs } from './retry-after.ts';

export interface OpenAiCompatibleOptions {
  id: string;
  model: string;
  /** Up to and including the version, e.g. `https://api.openai.com/v1`. */
  baseUrl: string;
  /** Absent for endpoints without keys, such as a local Ollama. */
  apiKey?: string;
  /**
   * OpenAI's reasoning models reject `max_tokens`; most compatible servers know nothing else.
   * Default: `max_tokens`.
   */
  outputLimitField?: 'max_tokens' | 'max_completion_tokens';
  fetch: typeof globalThis.fetch;
  clock: Clock;
}

/** One model behind an endpoint that speaks OpenAI's chat completions. */
export function createOpenAiCompatible(options: OpenAiCompatibleOptions): Provider {
  const client = createClient(options);
  const limitField = options.outputLimitField ?? 'max_tokens';
  const requestOf = ({ system, user, maxOutputTokens }: Prompt) => ({
    model: options.model,
    messages: [
      { role: 'system' as const, content: system },
      { role: 'user' as const, content: user },
    ],
    [limitField]: maxOutputTokens,
  });
  const read = (response: Response) =>
    response.text().then((text) => readChatCompletion(parseBody(response, text), options.apiKey));
  return {
    id: options.id,
    model: options.model,
    upstream: `${options.baseUrl} ${options.model}`,
    simulated: false,
    complete: (prompt, signal) =>
      guardedCall(
        signal,
        () => client.complete(requestOf(prompt), signal).then(read),
        (error) => explain(error, options),
      ),
  };
}

/**
 * As the SDK reads it, without the timer and the promises that it adds. Anything may come: HTML is a string, error
 * objects look like success.
 */
function parseBody({ status, headers }: Response, text: string): unknown {
  if (status === 204) return null;
  const [type = ''] = (headers.get('content-type') ?? '').toLowerCase().split(';', 1);
  if (!type.includes('application/json') && !type.trim().endsWith('+json')) return text;
  return text === '' ? undefined : JSON.parse(text);
}

function createClient({ apiKey, baseUrl, fetch }: OpenAiCompatibleOptions): ChatClient {
  return new ChatClient({
    apiKey: apiKey ?? 'none',
    baseURL: baseUrl,
    fetch,
    maxRetries: 0,
    logLevel: 'off',
    // Else the SDK reads these from the environment and sends them to whichever endpoint this is.
    organization: null,
    project: null,
    adminAPIKey: null,
    webhookSecret: null,
    ...(apiKey === undefined && { defaultHeaders: { Authorization: null } }),
  });
}

function explain(error: unknown, { apiKey, clock }: OpenAiCompatibleOptions): Failure {
  if (!(error instanceof OpenAI.APIError) || error.status === undefined) return failureOfTransport(error);
  return failureOfReply(
    {
      status: error.status,
      codes: [error.code, error.type].filter((code) => typeof code === 'string'),
      detail: detailOf(error),
      retryAfterMs: error.headers && readRetryAfterMs(error.headers, clock.now()),
    },
    apiKey,
  );
}

/** `error` may be an object with a message or a bare string; a body that is no JSON stands in the message. */
function detailOf({ error, message }: { error: unknown; message: string }): string {
  if (typeof error === 'string') return error;
  if (
    typeof error === 'object' &&
    error !== null &&
    'message' in error &&
    typeof error.message === 'string'
  ) {
    return error.message;
  }
  // An HTML page from a gateway says less than its status.
  return /<[a-z!]/i.test(message) ? '' : message.replace(/^\d{3} /, '');
}
