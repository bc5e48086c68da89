import { describe, expect, test } from 'vitest';
import { LIMITS } from '../../shared/contract/limits.ts';
import { parseJobMessage } from '../../shared/contract/message.ts';
import { jobIdOfKey } from '../../shared/job/ids.ts';
import { makeApi } from '../testing/api-fixture.ts';
import { jobIn, problemIn } from '../testing/read-response.ts';

const QUESTION = { question: 'What is a VPC endpoint?', cache: false };

describe('POST /v1/jobs', () => {
  test('answers 202 with the job, where to poll it and when; the message is in the queue', async () => {
    const api = makeApi();
    const response = await api.submit({
      metadata: { course: 'saa' },
      language: 'pt-BR',
      deadline_seconds: 30,
    });
    const job = await jobIn(response, 202);
    expect(job).toMatchObject({
      status: 'queued',
      done: false,
      revision: 1,
      question: QUESTION.question,
      metadata: { course: 'saa' },
      language: 'pt-BR',
      quorum: { required: 2, got: 0 },
      simulated: true,
    });
    expect(job.providers.map(({ id, state }) => [id, state])).toEqual([
      ['openai', 'pending'],
      ['gemini', 'pending'],
      ['simulated-c', 'pending'],
    ]);
    expect(Date.parse(job.deadline_at) - Date.parse(job.created_at)).toBe(30_000);
    expect(response.headers.get('Location')).toBe(`/v1/jobs/${job.id}`);
    expect(response.headers.get('Retry-After')).toBe('1');
    expect(response.headers.get('ETag')).toBe(`"${job.id}-1"`);
    expect(response.headers.has('Idempotent-Replayed')).toBe(false);
    const [delivery] = await api.memoryQueue.receive(10, 0, 30);
    expect(parseJobMessage(delivery?.body ?? '')).toMatchObject({ ok: true, message: { jobId: job.id } });
  });

  test('asks only the providers wanted, in the order of the panel', async () => {
    const api = makeApi();
    const job = await jobIn(await api.submit({ providers: ['gemini', 'openai'] }), 202);
    expect(job.providers.map(({ id }) => id)).toEqual(['openai', 'gemini']);
    expect(job.simulated).toBe(false);
    const alone = await jobIn(await api.submit({ providers: ['gemini'] }), 202);
    expect(alone.quorum.required).toBe(1);
  });

  test('needs a quorum as configured, of the panel asked, and of one in the fast mode', async () => {
    const api = makeApi({ env: { QUORUM: '3' } });
    expect((await jobIn(await api.submit(), 202)).quorum.required).toBe(3);
    expect((await jobIn(await api.submit({ providers: ['openai', 'gemini'] }), 202)).quorum.required).toBe(2);
    expect((await jobIn(await api.submit({ mode: 'fast' }), 202)).quorum.required).toBe(1);
  });

  test.each([
    ['no question', {}, '/question'],
    ['a blank question', { question: ' \n ' }, '/question'],
    ['a question that is too long', { question: 'x'.repeat(LIMITS.questionCharacters + 1) }, '/question'],
    ['an unknown field', { question: 'q', 'temp/er~ature': 1 }, '/temp~1er~0ature'],
    [
      'an unknown field inside',
      { question: 'q', webhook: { url: 'https://a.example', key: 1 } },
      '/webhook/key',
    ],
    ['a provider twice', { question: 'q', providers: ['openai', 'openai'] }, '/providers'],
    ['an unknown provider', { question: 'q', providers: ['openai', 'claude'] }, '/providers/1'],
    ['more than 8 providers', { question: 'q', providers: [...'abcdefghi'] }, '/providers'],
    ['a deadline that is too long', { question: 'q', deadline_seconds: 901 }, '/deadline_seconds'],
    ['metadata that is no text', { question: 'q', metadata: { n: 1 } }, '/metadata/n'],
    [
      'a webhook where none are configured',
      { question: 'q', webhook: { url: 'https://a.example' } },
      '/webhook',
    ],
    ['a list', [], ''],
    ['half a character', { question: 'q', metadata: { a: '\ud83d' } }, undefined],
  ])('refuses %s with 400, and keeps nothing', async (_name, body, at) => {
    const api = makeApi();
    const problem = await problemIn(await api.ask('/v1/jobs', { body }), 'invalid_request');
    expect(problem.errors.map((error) => error.at)).toEqual(
      at === undefined ? [] : expect.arrayContaining([at]),
    );
    expect(api.storeOutage.calls).toEqual([]);
    expect(api.queueOutage.calls).toEqual([]);
  });

  test('names the providers it knows', async () => {
    const problem = await problemIn(await makeApi().submit({ providers: ['claude'] }), 'invalid_request');
    expect(problem.errors[0]?.message).toContain('openai, gemini, simulated-c');
  });

  test('takes webhooks where they are configured, to public addresses only', async () => {
    const env = { APP_ENV: 'staging', WEBHOOK_SECRET: 'whsec_secret' };
    const api = makeApi({ env });
    const job = await jobIn(await api.submit({ webhook: { url: 'https://a.example/hook' } }), 202);
    expect(job.webhook).toMatchObject({ url: 'https://a.example/hook', state: 'waiting' });
    const refused = await api.submit({ webhook: { url: 'https://169.254.169.254/latest' } });
    expect((await problemIn(refused, 'invalid_request')).errors[0]?.at).toBe('/webhook/url');
  });

  test('says 400 malformed_json, 415 and 413 before it parses or stores anything', async () => {
    const api = makeApi();
    await problemIn(await api.ask('/v1/jobs', { body: '{"question":' }), 'malformed_json');
    const text = { 'Content-Type': 'text/plain' };
    await problemIn(await api.ask('/v1/jobs', { body: QUESTION, headers: text }), 'unsupported_media_type');
    const large = { ...QUESTION, metadata: { a: 'x'.repeat(70_000) } };
    await problemIn(await api.ask('/v1/jobs', { body: large }), 'payload_too_large');
    expect(api.storeOutage.calls).toEqual([]);
  });

  test('counts a body of no declared length as it arrives', async () => {
    const api = makeApi();
    const chunk = new TextEncoder().encode('x'.repeat(16_384));
    let pulled = 0;
    const body = new ReadableStream({
      pull: (controller) => {
        pulled += 1;
        if (pulled > 1000) controller.close();
        else controller.enqueue(chunk);
      },
    });
    const request = new Request('http://localhost/v1/jobs', {
      method: 'POST',
      body,
      headers: { Authorization: 'Bearer key-of-alice-0123456789', 'Content-Type': 'application/json' },
      duplex: 'half',
    } as RequestInit);
    await problemIn(await api.app.request(request), 'payload_too_large');
    expect(pulled).toBeLessThan(10);
  });
});

describe('Prefer: wait', () => {
  test('answers 200 with the end where it comes in time', async () => {
    const api = makeApi();
    const responding = api.submit({}, { Prefer: 'wait=10', 'Idempotency-Key': 'a' });
    const id = jobIdOfKey('alice', 'a');
    await api.clock.until(() => api.watchers.watched === 1);
    await api.worker.succeed(id, 'Merged.');
    await api.clock.advance(2000);
    const response = await responding;
    const job = await jobIn(response, 200);
    expect(job).toMatchObject({ id, status: 'succeeded', done: true, answer: { text: 'Merged.' } });
    expect(response.headers.get('Preference-Applied')).toBe('wait=10');
    expect(response.headers.has('Retry-After')).toBe(false);
    expect(api.clock.sleeping).toBe(0);
  });

  test('answers 202 where it does not, after the time it may wait at most', async () => {
    const api = makeApi({ env: { MAX_WAIT_SECONDS: '5' } });
    const responding = api.submit({}, { Prefer: 'respond-async, wait=100' });
    await api.clock.until(() => api.watchers.watched === 1);
    await api.clock.advance(5000);
    const response = await responding;
    expect((await jobIn(response, 202)).done).toBe(false);
    expect(response.headers.get('Preference-Applied')).toBe('wait=5');
    expect(api.clock.sleeping).toBe(0);
  });

  test('an outage during the wait takes nothing back: 202 with the job', async () => {
    const api = makeApi();
    const responding = api.submit({}, { Prefer: 'wait=3' });
    await api.clock.until(() => api.watchers.watched === 1);
    api.storeOutage.fail('getJob');
    await api.clock.advance(3000);
    const response = await responding;
    expect((await jobIn(response, 202)).status).toBe('queued');
    expect(response.headers.has('Preference-Applied')).toBe(false);
  });

  test('is ignored where it cannot be read', async () => {
    const response = await makeApi().submit({}, { Prefer: 'wait=soon' });
    await jobIn(response, 202);
    expect(response.headers.has('Preference-Applied')).toBe(false);
  });
});
