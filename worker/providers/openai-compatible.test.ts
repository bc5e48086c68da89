import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FailureOutcome } from '../../shared/contract/outcome.ts';
import { type AdapterBench, neverAborted, openAdapterBench, PROMPT } from './adapter-bench.ts';

let bench: AdapterBench;
beforeAll(async () => {
  bench = await openAdapterBench();
});
afterAll(() => bench.close());

const TEXT = 'A VPC endpoint keeps the traffic private.';

async function ask(name: 'openai' | 'hf' | 'keyless', reply: string, headers: Record<string, string> = {}) {
  bench.server.script(name, [{ reply, text: TEXT, headers }]);
  const before = bench.server.calls(name);
  const completion = await bench.provider(name).complete(PROMPT, neverAborted());
  return { completion, calls: bench.server.calls(name) - before };
}

interface Expected {
  outcome: FailureOutcome;
  retryable: boolean;
  possiblyBilled: boolean;
  retryAfterMs?: number;
}

function expectFailure(actual: Awaited<ReturnType<typeof ask>>, expected: Expected) {
  expect(actual.completion).toMatchObject(expected);
  if (expected.retryAfterMs === undefined) expect(actual.completion).not.toHaveProperty('retryAfterMs');
  expect(actual.calls, 'calls on the wire').toBe(1);
}

describe('answers', () => {
  it.each([
    ['ok', 'ok', 'stop'],
    ['truncated', 'truncated', 'length'],
    ['unknown_finish', 'ok', 'eos_token'],
    ['thinking', 'ok', 'stop'],
  ])('%s is %s', async (reply, outcome, finish) => {
    const { completion } = await ask('openai', reply);
    expect(completion).toMatchObject({ outcome, finish, text: TEXT });
    expect(completion.usage?.input_tokens).toBeGreaterThan(0);
    expect(completion.usage?.output_tokens).toBeGreaterThan(0);
  });

  it.each([
    ['openai', 'max_completion_tokens'],
    ['hf', 'max_tokens'],
  ] as const)('of %s are limited by %s', async (name, field) => {
    bench.server.reset();
    await ask(name, 'ok');
    expect((await bench.server.nextCall(name)).body).toEqual({
      model: 'test-model',
      messages: [
        { role: 'system', content: PROMPT.system },
        { role: 'user', content: PROMPT.user },
      ],
      [field]: PROMPT.maxOutputTokens,
    });
  });

  it('come from an endpoint without keys, which is sent none', async () => {
    bench.server.reset();
    const { completion } = await ask('keyless', 'ok');
    expect(completion).toMatchObject({ outcome: 'ok', text: TEXT });
    expect(await bench.server.nextCall('keyless')).toMatchObject({ hasKey: false });
  });

  it('that are withheld, empty or cut before the first word are never success', async () => {
    const billed = { possiblyBilled: true };
    expectFailure(await ask('openai', 'content_filter'), {
      outcome: 'filtered',
      retryable: false,
      ...billed,
    });
    expectFailure(await ask('openai', 'content_filter_cut'), {
      outcome: 'filtered',
      retryable: false,
      ...billed,
    });
    expectFailure(await ask('openai', 'refusal'), { outcome: 'refused', retryable: false, ...billed });
    expectFailure(await ask('openai', 'null_content'), { outcome: 'empty', retryable: true, ...billed });
    expectFailure(await ask('openai', 'blank_content'), { outcome: 'empty', retryable: true, ...billed });
    expectFailure(await ask('openai', 'tool_calls'), { outcome: 'empty', retryable: true, ...billed });
    expectFailure(await ask('openai', 'length_without_text'), {
      outcome: 'empty',
      retryable: false,
      ...billed,
    });
    expectFailure(await ask('openai', 'only_thinking'), { outcome: 'empty', retryable: false, ...billed });
  });
});

describe('errors of OpenAI', () => {
  it.each<[string, FailureOutcome, boolean, boolean, number?]>([
    ['rate_limited', 'rate_limited', true, false, 2000],
    ['insufficient_quota', 'quota_exhausted', false, false],
    ['billing_hard_limit', 'quota_exhausted', false, false],
    ['slow_down', 'overloaded', true, false],
    ['overloaded', 'overloaded', true, false],
    ['server_error', 'overloaded', true, false],
    ['bad_gateway', 'overloaded', true, true],
    ['gateway_timeout', 'overloaded', true, true],
    ['request_timeout', 'timeout', true, true],
    ['wrong_key', 'auth', false, false],
    ['unsupported_region', 'auth', false, false],
    ['model_not_found', 'model_not_found', false, false],
    ['bad_request', 'bad_request', false, false],
    ['context_too_long', 'bad_request', false, false],
    ['prompt_filtered', 'filtered', false, false],
    ['no_choices', 'bad_response', true, true],
    ['not_an_object', 'bad_response', true, true],
    ['html_200', 'bad_response', true, true],
    ['html_200_as_json', 'bad_response', true, true],
    ['error_in_200', 'bad_response', true, false],
    ['rate_limit_in_200', 'rate_limited', true, false],
  ])('%s is %s', async (reply, outcome, retryable, possiblyBilled, retryAfterMs) => {
    const expected = {
      outcome,
      retryable,
      possiblyBilled,
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    };
    expectFailure(await ask('openai', reply), expected);
  });

  it('obey retry-after-ms before Retry-After', async () => {
    const { completion } = await ask('openai', 'rate_limited', { 'retry-after-ms': '1250' });
    expect(completion).toMatchObject({ outcome: 'rate_limited', retryAfterMs: 1250 });
  });

  it('say no more than that we are not let in where the provider echoes the key', async () => {
    const { completion } = await ask('openai', 'wrong_key');
    const message = 'The provider does not accept our key, account or region (HTTP 401 invalid_api_key).';
    expect(completion).toMatchObject({ message });
  });

  it('never carry a key or an organization to the reader', async () => {
    for (const reply of ['wrong_key', 'rate_limited', 'bad_request']) {
      const { completion } = await ask('openai', reply);
      expect(JSON.stringify(completion)).not.toMatch(/sk-|org-|fake\./);
    }
  });
});

describe("errors of Hugging Face's router", () => {
  it.each<[string, FailureOutcome, boolean, number?]>([
    ['payment_required', 'quota_exhausted', false],
    ['wrong_key', 'auth', false],
    ['not_served', 'model_not_found', false],
    ['not_found', 'model_not_found', false],
    ['sub_provider_limited', 'rate_limited', true],
    ['limited_by_policy', 'rate_limited', true, 34_000],
    ['model_loading', 'overloaded', true],
  ])('%s is %s', async (reply, outcome, retryable, retryAfterMs) => {
    const expected = { outcome, retryable, possiblyBilled: false, ...(retryAfterMs && { retryAfterMs }) };
    expectFailure(await ask('hf', reply), expected);
  });

  it('are told in their own words, be they a string or an object', async () => {
    const text = await ask('hf', 'payment_required');
    expect(text.completion).toMatchObject({
      message: expect.stringMatching(/\(HTTP 402\): You have exceeded/),
    });
    const object = await ask('hf', 'not_served');
    expect(object.completion).toMatchObject({
      message: expect.stringContaining('is not supported by any provider'),
    });
  });
});
