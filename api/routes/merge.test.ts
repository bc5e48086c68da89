import { describe, expect, test } from 'vitest';
import { BOB, makeApi } from '../testing/api-fixture.ts';
import { jobIn, problemIn } from '../testing/read-response.ts';

function fixture(env = {}) {
  const api = makeApi({ env });
  const merge = (id: string, headers = {}, key?: string, body: unknown = { strategy: 'consensus' }) =>
    api.ask(`/v1/jobs/${id}/merge`, { body, headers, key });
  return { ...api, merge };
}

describe('POST /v1/jobs/{id}/merge', () => {
  test('makes a new job of the kept answers, for which no provider is called', async () => {
    const api = fixture();
    const source = await jobIn(
      await api.submit({ metadata: { a: 'b' }, language: 'pt', deadline_seconds: 60 }),
      202,
    );
    await api.worker.claim(source.id);
    await api.worker.answer(source.id, 'gemini', 'A door.');
    await api.worker.end(source.id, { status: 'failed' });
    await api.memoryQueue.receive(10, 0, 30);
    await api.clock.advance(1000);
    const response = await api.merge(source.id);
    const merged = await jobIn(response, 202);
    expect(merged).toMatchObject({
      status: 'queued',
      merged_from: source.id,
      question: source.question,
      metadata: { a: 'b' },
      language: 'pt',
      strategy: 'consensus',
      quorum: { required: 1, got: 0 },
      ledger: { spent_usd: 0, calls: [] },
    });
    expect(merged.providers.map(({ id, state, error }) => [id, state, error?.code])).toEqual([
      ['openai', 'failed', 'not_consulted'],
      ['gemini', 'answered', undefined],
      ['simulated-c', 'failed', 'not_consulted'],
    ]);
    expect(merged.providers[1]).toMatchObject({ attempts: 0, answer: { text: 'A door.' }, cost: { usd: 0 } });
    expect(Date.parse(merged.deadline_at) - Date.parse(merged.created_at)).toBe(120_000);
    expect(response.headers.get('Location')).toBe(`/v1/jobs/${merged.id}`);
    const [delivery] = await api.memoryQueue.receive(10, 0, 30);
    expect(delivery?.body).toContain(merged.id);
    expect((await jobIn(await api.ask(`/v1/jobs/${source.id}`), 200)).status).toBe('failed');
  });

  test('is 409 while the job runs, and where nobody answered', async () => {
    const api = fixture();
    const { id } = await jobIn(await api.submit(), 202);
    await problemIn(await api.merge(id), 'still_running');
    await api.ask(`/v1/jobs/${id}/cancel`, { method: 'POST' });
    await problemIn(await api.merge(id), 'no_answers');
    expect((await api.memoryStore.listJobs('alice', { limit: 9 })).jobs).toHaveLength(1);
  });

  test('costs nothing of the quota, but counts for the rate', async () => {
    const api = fixture({ DAILY_QUOTA: '1', RATE_PER_MINUTE: '2' });
    const { id } = await jobIn(await api.submit(), 202);
    await api.worker.succeed(id);
    await jobIn(await api.merge(id), 202);
    await problemIn(await api.merge(id), 'rate_limited');
  });

  test('a key makes one merge; the same key elsewhere is 422', async () => {
    const api = fixture();
    const { id } = await jobIn(await api.submit(), 202);
    await api.worker.succeed(id);
    const key = { 'Idempotency-Key': 'm' };
    const first = await jobIn(await api.merge(id, key), 202);
    const again = await api.merge(id, key);
    expect(again.headers.get('Idempotent-Replayed')).toBe('true');
    expect((await jobIn(again, 202)).id).toBe(first.id);
    await problemIn(await api.merge(id, key, undefined, { strategy: 'synthesis' }), 'idempotency_mismatch');
    await problemIn(await api.submit({}, key), 'idempotency_mismatch');
    await api.ask(`/v1/jobs/${id}`, { method: 'DELETE' });
    expect((await jobIn(await api.merge(id, key), 202)).id).toBe(first.id);
  });

  test("refuses another's job, another strategy and fields it does not know", async () => {
    const api = fixture();
    const { id } = await jobIn(await api.submit(), 202);
    await api.worker.succeed(id);
    await problemIn(await api.merge(id, {}, BOB), 'not_found');
    await problemIn(await api.merge(id, {}, undefined, { strategy: 'best' }), 'invalid_request');
    await problemIn(await api.merge(id, {}, undefined, {}), 'invalid_request');
    const { errors } = await problemIn(
      await api.merge(id, {}, undefined, { strategy: 'consensus', x: 1 }),
      'invalid_request',
    );
    expect(errors).toEqual([{ at: '/x', message: 'is not known here' }]);
  });
});
