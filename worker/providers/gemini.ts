import {
  type GenerationConfig,
  GoogleGenerativeAI,
  GoogleGenerativeAIFetchError,
} from '@google/generative-ai';
import type { Completion } from '../../shared/contract/outcome.ts';
import { type Failure, failureOfReply } from './failure.ts';
import { readGeminiReply } from './gemini-reply.ts';
import { failureOfTransport, guardedCall } from './guarded-call.ts';
import type { Prompt, Provider } from './provider.ts';
import { parseProtobufDuration } from './retry-after.ts';

/** 2.5 models take a budget, 3 and later a level; both at once is a 400, and so is a 0 for 2.5 Pro. */
export type GeminiThinking = { thinkingBudget: number } | { thinkingLevel: 'low' | 'medium' | 'high' };

export interface GeminiOptions {
  id: string;
  model: string;
  /** Without the version, e.g. `https://generativelanguage.googleapis.com`. */
  baseUrl: string;
  apiKey: string;
  thinking?: GeminiThinking;
}

/** The SDK passes the field through but has no type for it. */
type ThinkingGenerationConfig = GenerationConfig & { thinkingConfig?: GeminiThinking };

/**
 * One Gemini model. The SDK calls the global `fetch`, so connection pools are the process's business.
 * Its `timeout` is never used (its timer is never cleared), nor `response.text()`: that throws for some
 * finish reasons, is "" for others and mixes the model's thoughts into the answer.
 */
export function createGemini(options: GeminiOptions): Provider {
  const sdk = new GoogleGenerativeAI(options.apiKey);
  const call = async (prompt: Prompt, signal: AbortSignal): Promise<Completion> => {
    const generationConfig: ThinkingGenerationConfig = {
      maxOutputTokens: prompt.maxOutputTokens,
      ...(options.thinking !== undefined && { thinkingConfig: options.thinking }),
    };
    const model = sdk.getGenerativeModel(
      { model: options.model, systemInstruction: prompt.system, generationConfig },
      { baseUrl: options.baseUrl },
    );
    const { response } = await model.generateContent(prompt.user, { signal });
    return readGeminiReply(response, options.apiKey);
  };
  return {
    id: options.id,
    model: options.model,
    upstream: `${options.baseUrl} ${options.model}`,
    simulated: false,
    complete: (prompt, signal) =>
      guardedCall(
        signal,
        () => withOwnSignal(signal, (own) => call(prompt, own)),
        (error) => explain(error, options.apiKey),
      ),
  };
}

/** The SDK leaves a listener on the signal that it is given, and ignores one that is already aborted. */
async function withOwnSignal<T>(signal: AbortSignal, call: (own: AbortSignal) => Promise<T>): Promise<T> {
  const own = new AbortController();
  const abort = () => own.abort(signal.reason);
  signal.addEventListener('abort', abort);
  try {
    return await call(own.signal);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

function explain(error: unknown, apiKey: string): Failure {
  if (!(error instanceof GoogleGenerativeAIFetchError) || error.status === undefined) {
    return failureOfTransport(error);
  }
  const details: unknown[] = error.errorDetails ?? [];
  return failureOfReply(
    {
      status: error.status,
      codes: codesOf(error.status, error.message, details),
      detail: detailOf(error.message),
      retryAfterMs: details
        .map((detail) => parseProtobufDuration(fieldOf(detail, 'retryDelay')))
        .find(isSaid),
    },
    apiKey,
  );
}

function codesOf(status: number, message: string, details: unknown[]): string[] {
  const reasons = details
    .map((detail) => fieldOf(detail, 'reason'))
    .filter((reason) => typeof reason === 'string');
  // A daily quota comes with a RetryInfo of seconds, too: obeyed, it would loop until midnight.
  if (status === 429 && details.some(namesDailyQuota)) return ['insufficient_quota', ...reasons];
  // The SDK drops Google's own status; of those behind a 400 only this one means the account.
  const precondition = status === 400 && /user location|billing|free tier/i.test(message);
  return precondition ? ['FAILED_PRECONDITION', ...reasons] : reasons;
}

function namesDailyQuota(detail: unknown): boolean {
  const violations = fieldOf(detail, 'violations');
  return (
    Array.isArray(violations) &&
    violations.some((violation) => /PerDay/.test(String(fieldOf(violation, 'quotaId') ?? '')))
  );
}

/** Of a message of megabytes nothing beyond is read. */
const MAX_READ_LENGTH = 10_000;

/** The SDK's message is `Error fetching from <url>: [429 Too Many Requests] <words> [{details}]`. */
function detailOf(message: string): string {
  const read = message.slice(0, MAX_READ_LENGTH);
  return read.replace(/^.*?: \[\d{3} [^\]]*\] ?/s, '').replace(/ \[\{.*$/s, '');
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function isSaid(waitMs: number | undefined): boolean {
  return waitMs !== undefined;
}
