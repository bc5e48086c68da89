import type { Clock } from '../../shared/ports/clock.ts';
import { createGemini, type GeminiThinking } from './gemini.ts';
import { createOpenAiCompatible } from './openai-compatible.ts';
import type { Price, PriceOverrides } from './prices.ts';
import type { Provider } from './provider.ts';
import type { FailureRates } from './simulated/failure-draw.ts';
import { createSimulated } from './simulated/simulated-provider.ts';

/** The vendors' own endpoints. */
export const DEFAULT_BASE_URLS = {
  openai: 'https://api.openai.com/v1',
  gemini: 'https://generativelanguage.googleapis.com',
  huggingface: 'https://router.huggingface.co/v1',
} as const;

interface CommonSettings {
  id: string;
  model: string;
  /** Replaces the list price. */
  price?: Price;
}

/** Anything that speaks chat completions: OpenAI, Hugging Face's router, Ollama, vLLM, Groq, … */
export interface OpenAiSettings extends CommonSettings {
  kind: 'openai';
  baseUrl: string;
  /** Absent for an endpoint without keys. */
  apiKey?: string;
}

export interface GeminiSettings extends CommonSettings {
  kind: 'gemini';
  baseUrl: string;
  apiKey: string;
  thinking?: GeminiThinking;
}

export interface SimulatedSettings extends CommonSettings {
  kind: 'simulated';
  latencyMs?: { min: number; max: number };
  misconceptionShare?: number;
  failureRates?: FailureRates;
}

export type ProviderSettings = OpenAiSettings | GeminiSettings | SimulatedSettings;

export interface ProviderDeps {
  clock: Clock;
  /** For the OpenAI-compatible ones; the Gemini SDK calls the global one. */
  fetch: typeof globalThis.fetch;
}

/** The panel's providers, in the order of their settings. */
export function createProviders(settings: readonly ProviderSettings[], deps: ProviderDeps): Provider[] {
  return settings.map((one) => createProvider(one, deps));
}

function createProvider(settings: ProviderSettings, { clock, fetch }: ProviderDeps): Provider {
  switch (settings.kind) {
    case 'openai':
      return createOpenAiCompatible({
        ...settings,
        baseUrl: trimBaseUrl(settings.baseUrl),
        outputLimitField: settings.id === 'openai' ? 'max_completion_tokens' : 'max_tokens',
        fetch,
        clock,
      });
    case 'gemini':
      return createGemini({ ...settings, baseUrl: trimBaseUrl(settings.baseUrl) });
    case 'simulated':
      return createSimulated({ ...settings, clock });
  }
}

/** The configured prices in the form that `priceOf` takes. */
export function priceOverridesOf(settings: readonly ProviderSettings[]): PriceOverrides {
  const priced = settings.flatMap(({ id, model, price }) =>
    price ? [[`${id}/${model}`, price] as const] : [],
  );
  return Object.fromEntries(priced);
}

/** So that one upstream written in two ways is still one. */
function trimBaseUrl(url: string): string {
  return url.replace(/\/+$/, '');
}
