import { describe, expect, test } from 'vitest';
import { BOB, makeApi } from '../testing/api-fixture.ts';
import { jobIn } from '../testing/read-response.ts';

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
