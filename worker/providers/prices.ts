import type { Usage } from '../../shared/contract/outcome.ts';
import type { Cost } from '../../shared/job/record.ts';
import type { Provider } from './provider.ts';

/** US dollars per million tokens. */
export interface Price {
  input_usd: number;
  output_usd: number;
  /** The day on which it was read, `YYYY-MM-DD`. */
  as_of: string;
}

/** By `<provider id>/<model>`; a configured price replaces ours. */
export type PriceOverrides = Readonly<Record<string, Price>>;

/** List prices of the vendors' own endpoints, without caching, batch or long-context rates. */
const LIST_PRICES: Readonly<Record<string, Price>> = {
  'openai/gpt-4o': { input_usd: 2.5, output_usd: 10, as_of: '2026-06-01' },
  'openai/gpt-4o-mini': { input_usd: 0.15, output_usd: 0.6, as_of: '2026-06-01' },
  'openai/gpt-4.1': { input_usd: 2, output_usd: 8, as_of: '2026-04-01' },
  'openai/gpt-4.1-mini': { input_usd: 0.4, output_usd: 1.6, as_of: '2026-04-01' },
  'openai/gpt-4.1-nano': { input_usd: 0.1, output_usd: 0.4, as_of: '2026-04-01' },
  'openai/gpt-5': { input_usd: 1.25, output_usd: 10, as_of: '2026-03-21' },
  'openai/gpt-5-mini': { input_usd: 0.25, output_usd: 2, as_of: '2026-03-21' },
  'openai/gpt-5-nano': { input_usd: 0.05, output_usd: 0.4, as_of: '2026-03-21' },
  'gemini/gemini-2.5-pro': { input_usd: 1.25, output_usd: 10, as_of: '2025-09-01' },
  'gemini/gemini-2.5-flash': { input_usd: 0.3, output_usd: 2.5, as_of: '2025-09-01' },
  'gemini/gemini-2.5-flash-lite': { input_usd: 0.1, output_usd: 0.4, as_of: '2025-09-01' },
  // The router charges what the sub-provider does: only a pinned one has a price.
  'huggingface/meta-llama/Llama-3.3-70B-Instruct:groq': {
    input_usd: 0.59,
    output_usd: 0.79,
    as_of: '2025-09-01',
  },
  'huggingface/meta-llama/Llama-3.1-8B-Instruct:groq': {
    input_usd: 0.05,
    output_usd: 0.08,
    as_of: '2025-09-01',
  },
};

/** What one call cost; null and unpriced, never 0, where the model's price or the usage is unknown. */
export function priceOf(
  provider: Pick<Provider, 'id' | 'model' | 'simulated'>,
  usage: Usage | null,
  overrides: PriceOverrides = {},
): Cost {
  if (provider.simulated) return { usd: 0, priced: true };
  const key = `${provider.id}/${provider.model}`;
  const price = ownEntry(overrides, key) ?? ownEntry(LIST_PRICES, key);
  if (price === undefined || usage === null) return { usd: null, priced: false };
  const microUsd = usage.input_tokens * price.input_usd + usage.output_tokens * price.output_usd;
  return { usd: microUsd / 1_000_000, priced: true };
}

/** Ids and models come from configuration: `constructor` must not find one. */
function ownEntry(prices: PriceOverrides, key: string): Price | undefined {
  return Object.hasOwn(prices, key) ? prices[key] : undefined;
}
