import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FailureOutcome } from '../../shared/contract/outcome.ts';
import { type AdapterBench, KEY, neverAborted, openAdapterBench, PROMPT } from './adapter-bench.ts';
import { createGemini } from './gemini.ts';

let bench: AdapterBench;
beforeAll(async () => {
  bench = await openAdapterBench();
});
afterAll(() => bench.close());

const TEXT = 'A VPC endpoint keeps the traffic private.';

async function ask(reply: string) {
  bench.server.script('gemini', [{ reply, text: TEXT }]);
  const before = bench.server.calls('gemini');
  const completion = await bench.provider('gemini').complete(PROMPT, neverAborted());
  expect(bench.server.calls('gemini') - before, 'calls on the wire').toBe(1);
  return completion;
}

describe('answers of Gemini', () => {
  it.each([
    ['ok', 'ok', 'STOP'],
    ['in_two_parts', 'ok', 'STOP'],
    ['thinking', 'ok', 'STOP'],
    ['truncated', 'truncated', 'MAX_TOKENS'],
    ['other_cut', 'truncated', 'OTHER'],
    ['unknown_finish', 'ok', 'TOO_MANY_TOOL_CALLS'],
  ])('%s is %s', async (reply, outcome, finish) => {
    expect(await ask(reply)).toMatchObject({ outcome, finish, text: TEXT });
  });

  it('are asked for with the role, the limit and the thinking that are configured', async () => {
    bench.server.reset();
    const thinking = { thinkingLevel: 'low' } as const;
    const baseUrl = bench.server.baseUrl('gemini');
    const provider = createGemini({ id: 'gemini', model: 'gemini-3-flash', baseUrl, apiKey: KEY, thinking });
    await provider.complete(PROMPT, neverAborted());
    expect((await bench.server.nextCall('gemini')).body).toMatchObject({
      systemInstruction: { parts: [{ text: PROMPT.system }] },
      contents: [{ role: 'user', parts: [{ text: PROMPT.user }] }],
      generationConfig: { maxOutputTokens: PROMPT.maxOutputTokens, thinkingConfig: thinking },
    });
  });

  it('count thoughts as output', async () => {
    const [plain, thinking] = [await ask('ok'), await ask('thinking')];
    expect((thinking.usage?.output_tokens ?? 0) - (plain.usage?.output_tokens ?? 0)).toBe(64);
  });

  it.each<[string, FailureOutcome, boolean]>([
    ['max_tokens_without_parts', 'empty', false],
    ['stop_empty', 'empty', true],
    ['stop_blank', 'empty', true],
    ['only_thoughts', 'empty', true],
    ['other', 'empty', true],
    ['safety', 'filtered', false],
    ['safety_cut', 'filtered', false],
    ['recitation', 'filtered', false],
    ['prohibited_content', 'filtered', false],
    ['spii', 'filtered', false],
    ['blocklist', 'filtered', false],
    ['blocked_prompt', 'filtered', false],
    ['no_candidates', 'bad_response', true],
    ['not_an_object', 'bad_response', true],
    ['html_200', 'bad_response', true],
  ])('%s is %s, never success', async (reply, outcome, retryable) => {
    expect(await ask(reply)).toMatchObject({ outcome, retryable, possiblyBilled: true });
  });
});

describe('errors of Gemini', () => {
  it.each<[string, FailureOutcome, boolean, number?]>([
    ['invalid_argument', 'bad_request', false],
    ['unsupported_region', 'auth', false],
    ['wrong_key', 'auth', false],
    ['missing_key', 'auth', false],
    ['permission_denied', 'auth', false],
    ['payment_required', 'quota_exhausted', false],
    ['model_not_found', 'model_not_found', false],
    ['rate_limited', 'rate_limited', true, 34_075],
    ['rate_limited_without_info', 'rate_limited', true],
    ['daily_quota', 'quota_exhausted', false],
    ['internal', 'overloaded', true],
    ['overloaded', 'overloaded', true],
    ['deadline_exceeded', 'overloaded', true],
    ['bad_gateway', 'overloaded', true],
    ['error_in_200', 'overloaded', true],
  ])('%s is %s', async (reply, outcome, retryable, retryAfterMs) => {
    const completion = await ask(reply);
    expect(completion).toMatchObject({ outcome, retryable, ...(retryAfterMs && { retryAfterMs }) });
    if (retryAfterMs === undefined) expect(completion).not.toHaveProperty('retryAfterMs');
  });

  it("are told in Google's words, without the URL or the details", async () => {
    const completion = await ask('model_not_found');
    expect(completion).toMatchObject({
      message: expect.stringMatching(
        /^The provider does not serve this model \(HTTP 404\): models\/gemini-2\.5-flash is not found/,
      ),
    });
  });
});
