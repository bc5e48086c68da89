import { describe, expect, test } from 'vitest';
import { jobIdOfKey } from '../../shared/job/ids.ts';
import { BOB, makeApi } from '../testing/api-fixture.ts';
import { jobIn, problemIn } from '../testing/read-response.ts';

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

  test('failure mode 17: 50 at once make one row, and all of them are told of it', async () => {
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
    await problemIn(await api.submit({ mode: 'fast' }, { 'Idempotency-Key': 'k' }), 'deleted');
  });
});
