import OpenAI, { APIError } from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningServer, startServer } from '../api/server.ts';
import { ALICE, makeApi } from '../api/testing/api-fixture.ts';
import { systemClock } from '../shared/adapters/system/system-clock.ts';
import { parseJobMessage } from '../shared/contract/message.ts';
import type { Clock } from '../shared/ports/clock.ts';

let api: ReturnType<typeof makeApi<Clock>>;
let server: RunningServer;
let openai: OpenAI;

function clientWith(apiKey: string, maxRetries = 0): OpenAI {
  return new OpenAI({ baseURL: `http://${server.host}:${server.port}/v1`, apiKey, maxRetries });
}

beforeAll(async () => {
  api = makeApi<Clock>({ clock: systemClock });
  server = await startServer(api, '127.0.0.1', 0);
  openai = clientWith(ALICE);
});
afterAll(async () => {
  await server.close(100);
});

/** The id of the next job that was sent to the workers. */
async function nextJob(): Promise<string> {
  const [message] = await api.memoryQueue.receive(1, 5, 60);
  if (!message) throw new Error('no job was sent');
  const parsed = parseJobMessage(message.body);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.message.jobId;
}

const user = (content: string) => ({ role: 'user' as const, content });

describe('chat completions, by the openai client', () => {
  it('gives the merged answer, its usage summed', async () => {
    const asking = openai.chat.completions.create({
      model: 'iscoolgpt-thorough',
      messages: [user('What is a VPC endpoint?')],
      temperature: 0.2,
    });
    const id = await nextJob();
    const job = await api.worker.succeed(id, 'A private door.');
    expect(job).toMatchObject({ question: 'What is a VPC endpoint?', mode: 'thorough' });
    const completion = await asking;
    expect(completion).toMatchObject({
      id: `chatcmpl-${id}`,
      object: 'chat.completion',
      model: 'iscoolgpt-thorough',
      choices: [{ finish_reason: 'stop', message: { role: 'assistant', content: 'A private door.' } }],
      usage: { prompt_tokens: 60, completion_tokens: 300, total_tokens: 360 },
      iscoolgpt: { job_id: id, degraded: false, agreement: { score: 0.9 } },
    });
  });

  it('streams it, with the usage where it is asked for', async () => {
    const asking = openai.chat.completions.create({
      model: 'iscoolgpt',
      messages: [user('What is a bucket?')],
      stream: true,
      stream_options: { include_usage: true },
    });
    const stream = await asking;
    await api.worker.succeed(await nextJob(), 'A place for objects.');
    let text = '';
    const finishes: (string | null)[] = [];
    let usage: OpenAI.CompletionUsage | null | undefined;
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta.content ?? '';
      finishes.push(...chunk.choices.map(({ finish_reason }) => finish_reason));
      usage = chunk.usage ?? usage;
    }
    expect(text).toBe('A place for objects.');
    expect(finishes).toEqual([null, null, 'stop']);
    expect(usage).toMatchObject({ total_tokens: 360 });
  });

  it('asks the last message with what was said before it', async () => {
    const asking = openai.chat.completions.create({
      model: 'iscoolgpt-fast',
      messages: [
        { role: 'system', content: 'Be brief.' },
        user('What is S3?'),
        { role: 'assistant', content: 'An object store.' },
        { role: 'user', content: [{ type: 'text', text: 'And what does it cost?' }] },
      ],
    });
    const job = await api.worker.succeed(await nextJob());
    expect(job.question).toBe(
      'System: Be brief.\n\nUser: What is S3?\n\nAssistant: An object store.\n\nUser: And what does it cost?',
    );
    await asking;
  });

  it('says that an answer is degraded before it', async () => {
    const asking = openai.chat.completions.create({ model: 'iscoolgpt', messages: [user('What is EC2?')] });
    await api.worker.succeed(await nextJob(), 'A virtual machine.', true);
    const content = (await asking).choices[0]?.message.content;
    expect(content).toMatch(/^> Degraded answer: \d of \d answers needed\.\n\nA virtual machine\.$/);
  });

  it('joins an identical request that still runs, and asks again once it has ended', async () => {
    const ask = () =>
      openai.chat.completions.create({ model: 'iscoolgpt', messages: [user('What is Lambda?')] });
    const first = ask();
    const id = await nextJob();
    const second = ask();
    // Nobody has begun it yet: whoever joins it sends its message once more.
    expect(await nextJob()).toBe(id);
    await api.worker.claim(id);
    await api.worker.end(id, {
      status: 'failed',
      error: { code: 'no_usable_answer', message: 'No provider answered.', retryable: true },
    });
    for (const asking of [first, second]) {
      await expect(asking).rejects.toMatchObject({ status: 502, code: 'no_usable_answer' });
    }
    const third = ask();
    const next = await nextJob();
    expect(next).not.toBe(id);
    await api.worker.succeed(next, 'Functions.');
    expect((await third).choices[0]?.message.content).toBe('Functions.');
  });

  it('lets the job run on when its client leaves', async () => {
    const left = new AbortController();
    const asking = openai.chat.completions.create(
      { model: 'iscoolgpt', messages: [user('What is IAM?')] },
      { signal: left.signal },
    );
    const id = await nextJob();
    left.abort();
    await expect(asking).rejects.toThrow(/aborted/);
    expect((await api.worker.succeed(id)).status).toBe('succeeded');
  });

  it('fails once, not once for each retry of the client', async () => {
    const asking = clientWith(ALICE, 2).chat.completions.create({
      model: 'iscoolgpt',
      messages: [user('What is RDS?')],
    });
    const id = await nextJob();
    await api.worker.claim(id);
    await api.worker.end(id, {
      status: 'failed',
      error: { code: 'no_usable_answer', message: 'No provider answered.', retryable: true },
    });
    await expect(asking).rejects.toMatchObject({ status: 502 });
    expect((await api.memoryQueue.depth()).visible).toBe(0);
  });

  it('ends a stream whose job failed with the error', async () => {
    const stream = await openai.chat.completions.create({
      model: 'iscoolgpt',
      messages: [user('What is SQS?')],
      stream: true,
    });
    const id = await nextJob();
    await api.worker.claim(id);
    await api.worker.end(id, {
      status: 'failed',
      error: { code: 'no_usable_answer', message: 'No provider answered.', retryable: true },
    });
    const reading = (async () => {
      for await (const _chunk of stream);
    })();
    await expect(reading).rejects.toMatchObject({ code: 'no_usable_answer' });
  });
});

describe('what cannot be asked', () => {
  const ask = (body: object) =>
    openai.chat.completions.create(body as OpenAI.ChatCompletionCreateParamsNonStreaming);
  const base = { model: 'iscoolgpt', messages: [user('What is S3?')] };

  it.each([
    ['an unknown model', { ...base, model: 'gpt-5' }, 404, 'model_not_found', 'model'],
    [
      'a question too long',
      { ...base, messages: [user('x'.repeat(8001))] },
      413,
      'context_length_exceeded',
      'messages',
    ],
    ['nothing', { ...base, messages: [] }, 400, 'invalid_request', 'messages'],
    [
      'no word of the user',
      { ...base, messages: [{ role: 'system', content: 'Hi' }] },
      400,
      'invalid_request',
      'messages',
    ],
    ['two answers', { ...base, n: 2 }, 400, 'invalid_request', 'n'],
    [
      'JSON',
      { ...base, response_format: { type: 'json_object' } },
      400,
      'invalid_request',
      'response_format.type',
    ],
    [
      'about a picture',
      { ...base, messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'x' } }] }] },
      400,
      'invalid_request',
      'messages.0.content',
    ],
  ])('%s', async (_what, body, status, code, param) => {
    const error = await ask(body).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(APIError);
    expect(error).toMatchObject({ status, code, param, type: 'invalid_request_error' });
    expect((error as APIError).requestID).toMatch(/^[0-9a-f]{32}$/);
  });

  it('with a key that is none', async () => {
    await expect(clientWith('wrong').models.list()).rejects.toMatchObject({
      status: 401,
      code: 'invalid_api_key',
    });
  });
});

it('lists its models', async () => {
  const ids: string[] = [];
  for await (const model of openai.models.list()) ids.push(model.id);
  expect(ids).toEqual(['iscoolgpt', 'iscoolgpt-fast', 'iscoolgpt-balanced', 'iscoolgpt-thorough']);
  expect(await openai.models.retrieve('iscoolgpt-fast')).toMatchObject({ object: 'model' });
  await expect(openai.models.retrieve('gpt-5')).rejects.toMatchObject({
    status: 404,
    code: 'model_not_found',
  });
});
