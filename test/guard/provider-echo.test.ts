import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemClock } from '../../shared/adapters/system/system-clock.ts';
import { createProviders } from '../../worker/providers/create-providers.ts';
import { type EchoingProvider, REFUSAL_KINDS, startEchoingProvider } from './support/echoing-provider.ts';

const KEYS = {
  openai: 'sk-proj-MARKEDopenai0123456789',
  gemini: 'AIzaMARKEDgemini0123456789',
  huggingface: 'hf_MARKEDhuggingface0123456789',
  other: 'MARKEDother-0123456789-of-no-known-shape',
};

let echo: EchoingProvider;

beforeAll(async () => {
  echo = await startEchoingProvider();
});
afterAll(() => echo.close());

it.each(
  Object.entries(KEYS),
)('nothing of the key of %s stands in a failure, in whichever way it is repeated', async (id, apiKey) => {
  const kind = id === 'gemini' ? ('gemini' as const) : ('openai' as const);
  const settings = { kind, id, model: 'm', baseUrl: echo.baseUrl, apiKey };
  const [provider] = createProviders([settings], { clock: systemClock, fetch: globalThis.fetch });
  const prompt = { system: 'Answer.', user: 'What is S3?', maxOutputTokens: 10 };
  for (let call = 0; call < REFUSAL_KINDS; call += 1) {
    const completion = await provider?.complete(prompt, new AbortController().signal);
    expect(completion).toHaveProperty('message');
    expect(JSON.stringify(completion)).not.toContain('MARKED');
  }
  expect(echo.calls() % REFUSAL_KINDS).toBe(0);
});
