import { describe, expect, it } from 'vitest';
import { priceOf } from './prices.ts';

const USAGE = { input_tokens: 1_000_000, output_tokens: 100_000 };
const openai = { id: 'openai', model: 'gpt-4o-mini', simulated: false };

describe('the price of a call', () => {
  it('is the list price of its tokens', () => {
    const { usd, priced } = priceOf(openai, USAGE);
    expect(priced).toBe(true);
    expect(usd).toBeCloseTo(0.15 + 0.06, 10);
  });

  it('is the configured one where there is one', () => {
    const overrides = { 'openai/gpt-4o-mini': { input_usd: 1, output_usd: 20, as_of: '2026-11-01' } };
    expect(priceOf(openai, USAGE, overrides)).toEqual({ usd: 3, priced: true });
  });

  it.each([
    ['the model is unknown', { ...openai, model: 'gpt-99' }, USAGE],
    ['the same model stands behind another endpoint', { ...openai, id: 'groq' }, USAGE],
    ['the usage is unknown', openai, null],
    ['the name is that of an object method', { ...openai, id: '', model: 'constructor' }, USAGE],
  ])('is unpriced, not 0, where %s', (_case, provider, usage) => {
    expect(priceOf(provider, usage)).toEqual({ usd: null, priced: false });
  });

  it('is 0 for a simulated provider', () => {
    expect(priceOf({ id: 'simulated-a', model: 'x', simulated: true }, null)).toEqual({
      usd: 0,
      priced: true,
    });
  });
});
