import { z } from 'zod';
import { isSimulated } from '../shared/config/common.ts';
import type { EnvReader } from '../shared/config/env-reader.ts';
import { providerIdSchema } from '../shared/contract/job-request.ts';
import type { PanelMember } from '../shared/job/record.ts';
import {
  DEFAULT_BASE_URLS,
  type ProviderSettings,
  type SimulatedSettings,
} from './providers/create-providers.ts';
import type { Price } from './providers/prices.ts';

/** What may stand in a request header; a stray newline in a key would look like a network failure. */
const HEADER_SAFE = /^[\x21-\x7e]+$/;

const usdSchema = z.number().min(0).max(10_000);

const priceSchema = z.strictObject({ input_usd: usdSchema, output_usd: usdSchema, as_of: z.iso.date() });

const pricesSchema = z.record(z.string(), priceSchema);

const endpointsSchema = z.array(
  z.strictObject({
    id: providerIdSchema.refine((id) => !isReserved(id), 'is the name of a built-in provider'),
    base_url: z.url({ protocol: /^https?$/ }),
    model: z.string().min(1).max(200),
    api_key: z.string().regex(HEADER_SAFE, 'must be printable ASCII without spaces').optional(),
  }),
);

const shareSchema = z.number().min(0).max(1);

const simulatedSchema = z.strictObject({
  latency_ms: z
    .strictObject({ min: z.int().min(0), max: z.int().min(0) })
    .refine(({ min, max }) => min <= max, 'min must not be more than max')
    .optional(),
  misconception_share: shareSchema.optional(),
  failure_rates: z.partialRecord(z.enum(['rate_limited', 'overloaded', 'timeout']), shareSchema).optional(),
});

const thinkingSchema = z.union([
  z.strictObject({ thinkingBudget: z.int().min(-1) }),
  z.strictObject({ thinkingLevel: z.enum(['low', 'medium', 'high']) }),
]);

const BUILT_IN = {
  openai: { key: 'OPENAI_API_KEY', baseUrl: 'OPENAI_BASE_URL' },
  gemini: { key: 'GEMINI_API_KEY', baseUrl: 'GEMINI_BASE_URL' },
  huggingface: { key: 'HF_TOKEN', baseUrl: 'HF_BASE_URL' },
} as const;

type BuiltIn = keyof typeof BUILT_IN;

function isBuiltIn(id: string): id is BuiltIn {
  return Object.hasOwn(BUILT_IN, id);
}

function isReserved(id: string): boolean {
  return isBuiltIn(id) || isSimulated(id);
}

function readBuiltIn(env: EnvReader, id: BuiltIn, model: string): ProviderSettings {
  const names = BUILT_IN[id];
  const apiKey = env.required(names.key, `PANEL names ${id}`);
  if (apiKey && !HEADER_SAFE.test(apiKey)) env.reject(names.key, 'must be printable ASCII without spaces');
  const baseUrl = env.url(names.baseUrl) ?? DEFAULT_BASE_URLS[id];
  if (id !== 'gemini') return { kind: 'openai', id, model, baseUrl, apiKey };
  const thinking = env.json('GEMINI_THINKING', thinkingSchema);
  return { kind: 'gemini', id, model, baseUrl, apiKey, ...(thinking ? { thinking } : {}) };
}

function readSimulated(env: EnvReader): Omit<SimulatedSettings, 'id' | 'model'> {
  const simulated = env.json('SIMULATED', simulatedSchema) ?? {};
  return {
    kind: 'simulated',
    ...(simulated.latency_ms ? { latencyMs: simulated.latency_ms } : {}),
    ...(simulated.misconception_share === undefined
      ? {}
      : { misconceptionShare: simulated.misconception_share }),
    ...(simulated.failure_rates ? { failureRates: simulated.failure_rates } : {}),
  };
}

/** How to reach each member of the panel; every one that is not configured is a mistake of its own. */
export function readProviderSettings(env: EnvReader, panel: readonly PanelMember[]): ProviderSettings[] {
  const endpoints = env.json('PROVIDERS', endpointsSchema) ?? [];
  const prices: Record<string, Price> = env.json('PRICES', pricesSchema) ?? {};
  const simulated = readSimulated(env);
  const settings = panel.flatMap(({ id, model }): ProviderSettings[] => {
    if (isSimulated(id)) return [{ ...simulated, id, model }];
    if (isBuiltIn(id)) return [readBuiltIn(env, id, model)];
    const endpoint = endpoints.find((one) => one.id === id && one.model === model);
    if (!endpoint) {
      env.reject('PANEL', `names ${id} with the model ${model}, which PROVIDERS does not describe`);
      return [];
    }
    const { base_url: baseUrl, api_key: apiKey } = endpoint;
    return [{ kind: 'openai', id, model, baseUrl, ...(apiKey === undefined ? {} : { apiKey }) }];
  });
  return settings.map((one) => {
    const price = prices[`${one.id}/${one.model}`];
    return price ? { ...one, price } : one;
  });
}
