import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { inSpan, isTracing } from '../../shared/telemetry/spans.ts';
import type { EndedCall, Turn } from '../providers/gate.ts';
import type { Prompt, Provider } from '../providers/provider.ts';

/** What a call is for, by the line that it has in the ledger. */
export interface CallPurpose {
  provider: Provider;
  purpose: 'answer' | 'merge';
  attemptId: string;
}

/** OpenTelemetry's names for the vendors; any other provider goes by its own id. */
const VENDORS: Readonly<Record<string, string>> = { gemini: 'gcp.gemini' };

function requestAttributes({ provider, purpose, attemptId }: CallPurpose, prompt: Prompt) {
  return {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': VENDORS[provider.id] ?? provider.id,
    'gen_ai.request.model': provider.model,
    'gen_ai.request.max_tokens': prompt.maxOutputTokens,
    'iscoolgpt.provider': provider.id,
    'iscoolgpt.purpose': purpose,
    'iscoolgpt.attempt': attemptId,
  };
}

function replyAttributes({ completion, cost }: EndedCall) {
  const { usage, finish } = completion;
  return {
    'iscoolgpt.outcome': completion.outcome,
    ...(finish === undefined ? {} : { 'gen_ai.response.finish_reasons': [finish] }),
    ...(usage && {
      'gen_ai.usage.input_tokens': usage.input_tokens,
      'gen_ai.usage.output_tokens': usage.output_tokens,
    }),
    ...(cost.usd === null ? {} : { 'iscoolgpt.cost_usd': cost.usd }),
  };
}

/** Makes one call within a span, by OpenTelemetry's conventions for generative AI: tokens and codes, no text. */
export function traceCall(
  turn: Turn,
  about: CallPurpose,
  prompt: Prompt,
  signal: AbortSignal,
): Promise<EndedCall | undefined> {
  if (!isTracing()) return turn.call(prompt, signal);
  const options = { kind: SpanKind.CLIENT, attributes: requestAttributes(about, prompt) };
  return inSpan(`chat ${about.provider.model}`, options, async (span) => {
    const ended = await turn.call(prompt, signal);
    if (!ended) return undefined;
    span.setAttributes(replyAttributes(ended));
    if (!('text' in ended.completion)) {
      span.setAttribute('error.type', ended.completion.outcome);
      span.setStatus({ code: SpanStatusCode.ERROR });
    }
    return ended;
  });
}
