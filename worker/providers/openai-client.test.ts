import OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../shared/adapters/system/system-clock.ts';
import { KEY, neverAborted, PROMPT } from './adapter-bench.ts';
import { createOpenAiCompatible } from './openai-compatible.ts';

const BASE_URL = 'http://127.0.0.1:9/v1';

interface SentRequest {
  url: string;
  method: string;
  headers: Record<string, string>;
  body: unknown;
}

/** A fetch that keeps what it was asked for. */
function createRecorder(reply: () => Response) {
  const sent: SentRequest[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const { url, method, headers } = new Request(input, init);
    sent.push({ url, method, headers: Object.fromEntries(headers), body: JSON.parse(String(init?.body)) });
    return reply();
  };
  return { sent, fetch };
}

async function complete(reply: () => Response, calls = 1) {
  const { sent, fetch } = createRecorder(reply);
  const provider = createOpenAiCompatible({
    id: 'openai',
    model: 'test-model',
    baseUrl: BASE_URL,
    apiKey: KEY,
    fetch,
    clock: systemClock,
  });
  let completion = await provider.complete(PROMPT, neverAborted());
  for (let call = 1; call < calls; call += 1) {
    completion = await provider.complete({ ...PROMPT, user: `Question ${call}` }, neverAborted());
  }
  return { sent, completion };
}

const answer = () =>
  Response.json({ choices: [{ message: { content: 'An object store.' }, finish_reason: 'stop' }] });

it('each request is what the SDK sends by itself', async () => {
  const { sent } = await complete(answer, 3);
  const recorder = createRecorder(answer);
  const sdk = new OpenAI({ apiKey: KEY, baseURL: BASE_URL, fetch: recorder.fetch, maxRetries: 0 });
  for (const user of [PROMPT.user, 'Question 1', 'Question 2']) {
    await sdk.chat.completions.create({
      model: 'test-model',
      messages: [
        { role: 'system', content: PROMPT.system },
        { role: 'user', content: user },
      ],
      max_tokens: PROMPT.maxOutputTokens,
    });
  }
  expect(sent).toEqual(recorder.sent);
  expect(sent[0]?.headers).toMatchObject({ authorization: `Bearer ${KEY}` });
});

it.each([
  ['{"error":{"code":"slow_down","message":"Wait."}}', 'Wait.'],
  ['{"code":"slow_down","message":"Wait."}', 'Wait.'],
  ['Wait.', 'Wait.'],
  [undefined, 'cut off'],
])('a refusal is told in the words of its body, or of what broke it off: %s', async (text, words) => {
  const broken = new ReadableStream({ start: (stream) => stream.error(new Error('cut off')) });
  const { completion } = await complete(() => new Response(text ?? broken, { status: 503 }));
  const code = text?.startsWith('{') ? ' slow_down' : '';
  expect(completion).toMatchObject({
    outcome: 'overloaded',
    message: `The provider is overloaded or failing (HTTP 503${code}): ${words}`,
  });
});

describe('a body with status 2xx', () => {
  const chatCompletion = '{"choices":[{"message":{"content":"Yes."},"finish_reason":"stop"}]}';
  const withType = (type: string, body: string) => () =>
    new Response(body, { headers: { 'content-type': type } });

  it.each([
    ['application/json', true],
    ['Application/JSON; charset=utf-8', true],
    ['application/problem+json ; x=y', true],
    ['text/plain', false],
    ['text/plain; of=application/json', false],
  ])('of the type %s is read as JSON: %s', async (type, isJson) => {
    const { completion } = await complete(withType(type, chatCompletion));
    expect(completion).toMatchObject(
      isJson
        ? { outcome: 'ok', text: 'Yes.' }
        : { outcome: 'bad_response', message: expect.stringContaining('text instead of JSON') },
    );
  });

  it.each([
    ['empty', withType('application/json', '')],
    ['absent', () => new Response(null, { status: 204 })],
  ])('that is %s is no chat completion', async (_what, reply) => {
    const { completion } = await complete(reply);
    expect(completion).toMatchObject({
      outcome: 'bad_response',
      message: expect.stringContaining('not a chat completion'),
      possiblyBilled: true,
    });
  });

  it('that has no type is text', async () => {
    const { completion } = await complete(() => new Response(Buffer.from(chatCompletion)));
    expect(completion).toMatchObject({ message: expect.stringContaining('text instead of JSON') });
  });
});
