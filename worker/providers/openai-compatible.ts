import OpenAI from 'openai';
import type { Completion } from '../../shared/contract/outcome.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import { type Failure, failureOfReply } from './failure.ts';
import { failureOfTransport, guardedCall } from './guarded-call.ts';
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

/** The longest delay a timer takes: the SDK's own timeout covers headers only, so our signal rules alone. */
const NO_TIMEOUT_MS = 2 ** 31 - 1;

/** One model behind an endpoint that speaks OpenAI's chat completions. */
export function createOpenAiCompatible(options: OpenAiCompatibleOptions): Provider {
  const client = createClient(options);
  const limitField = options.outputLimitField ?? 'max_tokens';
  const call = async (prompt: Prompt, signal: AbortSignal): Promise<Completion> => {
    // Typed by the SDK, yet anything may come: HTML arrives as a string, error objects as success.
    const body: unknown = await client.chat.completions.create(
      {
        model: options.model,
        messages: [
          { role: 'system', content: prompt.system },
          { role: 'user', content: prompt.user },
        ],
        [limitField]: prompt.maxOutputTokens,
      },
      { signal },
    );
    return readChatCompletion(body, options.apiKey);
  };
  return {
    id: options.id,
    model: options.model,
    upstream: `${options.baseUrl} ${options.model}`,
    simulated: false,
    complete: (prompt, signal) =>
      guardedCall(
        signal,
        (own) => call(prompt, own),
        (error) => explain(error, options),
      ),
  };
}

function createClient({ apiKey, baseUrl, fetch }: OpenAiCompatibleOptions): OpenAI {
  return new OpenAI({
    apiKey: apiKey ?? 'none',
    baseURL: baseUrl,
    fetch,
    maxRetries: 0,
    timeout: NO_TIMEOUT_MS,
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
