import { describe, expect, test } from 'vitest';
import { LIMITS } from '../../shared/contract/limits.ts';
import { parseJobMessage } from '../../shared/contract/message.ts';
import { jobIdOfKey } from '../../shared/job/ids.ts';
import { BOB, makeApi } from '../testing/api-fixture.ts';
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
    expect(parseJobMessage(delivery?.body ?? '')).toEqual({ ok: true, message: { jobId: job.id } });
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
  ])('refuses %s with 400, and keeps nothing', async (_name, body, at) => {
    const api = makeApi();
    const problem = await problemIn(await api.ask('/v1/jobs', { body }), 'invalid_request');
    expect(problem.errors.map((error) => error.at)).toContain(at);
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

  test('is ignored where it cannot be read', async () => {
    const response = await makeApi().submit({}, { Prefer: 'wait=soon' });
    await jobIn(response, 202);
    expect(response.headers.has('Preference-Applied')).toBe(false);
  });
});

describe('Idempotency-Key', () => {
  test('the same key and payload, quoted or bare, is the same job', async () => {
    const api = makeApi();
    const first = await jobIn(
      await api.submit({ metadata: { a: '1', b: '2' } }, { 'Idempotency-Key': 'k-1' }),
      202,
    );
    expect(first.id).toBe(jobIdOfKey('alice', 'k-1'));
    const again = await api.submit({ metadata: { b: '2', a: '1' } }, { 'Idempotency-Key': '"k-1"' });
    expect((await jobIn(again, 202)).id).toBe(first.id);
    expect(again.headers.get('Idempotent-Replayed')).toBe('true');
  });

  test('another payload is 422, another client another job', async () => {
    const api = makeApi();
    const first = await jobIn(await api.submit({}, { 'Idempotency-Key': 'k' }), 202);
    await problemIn(await api.submit({ mode: 'fast' }, { 'Idempotency-Key': 'k' }), 'idempotency_mismatch');
    const others = await jobIn(await api.submit({}, { 'Idempotency-Key': 'k' }, BOB), 202);
    expect(others.id).not.toBe(first.id);
  });

  test.each(['', '"', '"a', 'x'.repeat(256), 'käse'])('a key such as %j is refused', async (key) => {
    const problem = await problemIn(
      await makeApi().submit({}, { 'Idempotency-Key': key }),
      'invalid_request',
    );
    expect(problem.errors[0]?.at).toBe('header:Idempotency-Key');
  });

  test('50 at once make one row, and all of them are told of it', async () => {
    const api = makeApi();
    const responses = await Promise.all(
      Array.from({ length: 50 }, () => api.submit({}, { 'Idempotency-Key': 'storm' })),
    );
    const ids = await Promise.all(responses.map(async (response) => (await jobIn(response, 202)).id));
    expect(new Set(ids)).toEqual(new Set([jobIdOfKey('alice', 'storm')]));
    expect(responses.filter(({ headers }) => !headers.has('Idempotent-Replayed'))).toHaveLength(1);
    expect((await api.memoryStore.listJobs('alice', { limit: 100 })).jobs).toHaveLength(1);
  });

  test('a replay shows the present state, settled where its time is over', async () => {
    const api = makeApi();
    await jobIn(await api.submit({ deadline_seconds: 5 }, { 'Idempotency-Key': 'k' }), 202);
    await api.clock.advance(7000);
    const replayed = await jobIn(await api.submit({ deadline_seconds: 5 }, { 'Idempotency-Key': 'k' }), 202);
    expect(replayed).toMatchObject({ status: 'expired', done: true, error: { code: 'expired' } });
  });

  test('a replay sends the message again while nobody works on the job, and only then', async () => {
    const api = makeApi();
    const sends = () => api.queueOutage.calls.filter((call) => call === 'send').length;
    const { id } = await jobIn(await api.submit({}, { 'Idempotency-Key': 'k' }), 202);
    await jobIn(await api.submit({}, { 'Idempotency-Key': 'k' }), 202);
    expect(sends()).toBe(2);
    await api.worker.claim(id);
    await jobIn(await api.submit({}, { 'Idempotency-Key': 'k' }), 202);
    expect(sends()).toBe(2);
  });

  test('the key of a deleted job is 409', async () => {
    const api = makeApi();
    const { id } = await jobIn(await api.submit({}, { 'Idempotency-Key': 'k' }), 202);
    await api.ask(`/v1/jobs/${id}/cancel`, { method: 'POST' });
    await api.ask(`/v1/jobs/${id}`, { method: 'DELETE' });
    await problemIn(await api.submit({}, { 'Idempotency-Key': 'k' }), 'deleted');
  });
});

describe('limits', () => {
  test('more submits a minute than allowed are 429; each client has its own', async () => {
    const api = makeApi({ env: { RATE_PER_MINUTE: '2' } });
    const first = await api.submit();
    expect(first.headers.get('RateLimit-Policy')).toBe('"submit";q=2;w=60');
    expect(first.headers.get('RateLimit')).toBe('"submit";r=1;t=30');
    await jobIn(await api.submit(), 202);
    const refused = await api.submit();
    await problemIn(refused, 'rate_limited');
    expect(refused.headers.get('Retry-After')).toBe('30');
    expect(refused.headers.get('RateLimit')).toBe('"submit";r=0;t=60');
    await jobIn(await api.submit({}, {}, BOB), 202);
    await api.clock.advance(30_000);
    await jobIn(await api.submit(), 202);
  });

  test('the quota of the day counts new jobs only; it begins anew at midnight UTC', async () => {
    const api = makeApi({ env: { DAILY_QUOTA: '1' } });
    await jobIn(await api.submit({}, { 'Idempotency-Key': 'k' }), 202);
    await jobIn(await api.submit({}, { 'Idempotency-Key': 'k' }), 202);
    const refused = await api.submit();
    await problemIn(refused, 'quota_exceeded');
    expect(refused.headers.get('Retry-After')).toBe(String(24 * 3600));
    await api.clock.advance(24 * 3600 * 1000);
    await jobIn(await api.submit(), 202);
  });

  test('a burst with one key costs one question', async () => {
    const api = makeApi({ env: { DAILY_QUOTA: '20' } });
    await Promise.all(Array.from({ length: 20 }, () => api.submit({}, { 'Idempotency-Key': 'k' })));
    for (let i = 0; i < 19; i += 1) await jobIn(await api.submit(), 202);
    await problemIn(await api.submit(), 'quota_exceeded');
  });

  test('over the cap of the backlog submits are 503; a depth that is not known stops nobody', async () => {
    const api = makeApi({ env: { BACKLOG_CAP: '1' } });
    await jobIn(await api.submit(), 202);
    await api.clock.advance(1000);
    const refused = await api.submit();
    await problemIn(refused, 'backlog_full');
    expect(refused.headers.get('Retry-After')).toBe('10');
    await api.clock.advance(1000);
    api.queueOutage.fail('depth');
    await jobIn(await api.submit(), 202);
  });
});

describe('cache', () => {
  const cached = { question: ' What is  a VPC endpoint? ', cache: true };

  test('the same question is answered by an ended job that spent nothing and counts for no quota', async () => {
    const api = makeApi({ env: { DAILY_QUOTA: '1' } });
    const source = await jobIn(await api.submit({ cache: true }), 202);
    await api.worker.succeed(source.id, 'Merged.');
    const hit = await jobIn(await api.submit(cached), 202);
    expect(hit).toMatchObject({
      status: 'succeeded',
      done: true,
      cached_from: source.id,
      answer: { text: 'Merged.' },
      quorum: { required: 2, got: 3 },
      started_at: null,
      ledger: { spent_usd: 0, calls: [] },
    });
    expect(hit.providers.map(({ state, attempts, cost }) => ({ state, attempts, cost }))).toEqual(
      Array.from({ length: 3 }, () => ({ state: 'answered', attempts: 0, cost: { usd: 0, priced: true } })),
    );
    expect(hit.id).not.toBe(source.id);
    expect(await jobIn(await api.ask(`/v1/jobs/${hit.id}`), 200)).toEqual(hit);
    expect(await api.memoryStore.dueJobs(Number.MAX_SAFE_INTEGER, 10)).toEqual([]);
    const waited = await api.submit(cached, { Prefer: 'wait=1', 'Idempotency-Key': 'k' });
    expect((await jobIn(waited, 200)).cached_from).toBe(source.id);
    const replayed = await api.submit(cached, { 'Idempotency-Key': 'k' });
    expect(replayed.headers.get('Idempotent-Replayed')).toBe('true');
    expect((await jobIn(replayed, 202)).cached_from).toBe(source.id);
  });

  test.each([
    ['cache: false', { cache: false }],
    ['another mode', { mode: 'thorough' }],
    ['another strategy', { strategy: 'consensus' }],
    ['another language', { language: 'pt' }],
    ['another panel', { providers: ['openai', 'gemini'] }],
    ['another question', { question: 'What is a VPC?' }],
  ])('%s is asked anew', async (_name, difference) => {
    const api = makeApi();
    const source = await jobIn(await api.submit({ cache: true }), 202);
    await api.worker.succeed(source.id);
    expect((await jobIn(await api.submit({ ...cached, ...difference }), 202)).cached_from).toBeNull();
  });

  test('so is what another client asked, what was degraded and what was deleted', async () => {
    const api = makeApi();
    const source = await jobIn(await api.submit({ cache: true }), 202);
    await api.worker.succeed(source.id);
    expect((await jobIn(await api.submit(cached, {}, BOB), 202)).cached_from).toBeNull();
    await api.ask(`/v1/jobs/${source.id}`, { method: 'DELETE' });
    const anew = await jobIn(await api.submit(cached), 202);
    expect(anew.cached_from).toBeNull();
    const degraded = await api.worker.succeed(anew.id, 'Poor.', true);
    await api.memoryStore.putCached('alice', degraded.cache_hash as string, {
      jobId: anew.id,
      expiresAt: degraded.expires_at,
    });
    expect((await jobIn(await api.submit(cached), 202)).cached_from).toBeNull();
  });

  test('a webhook of a cached answer is due at once', async () => {
    const api = makeApi({ env: { WEBHOOK_SECRET: 'whsec_secret' } });
    const source = await jobIn(await api.submit({ cache: true }), 202);
    await api.worker.succeed(source.id);
    const hit = await jobIn(await api.submit({ ...cached, webhook: { url: 'http://127.0.0.1/hook' } }), 202);
    expect(hit.webhook?.state).toBe('pending');
    expect(await api.memoryStore.dueJobs(api.clock.now(), 10)).toEqual([hit.id]);
  });
});
