import { describe, expect, test } from 'vitest';
import { BOB, makeApi } from '../testing/api-fixture.ts';
import { jobIn, problemIn } from '../testing/read-response.ts';

function fixture() {
  const api = makeApi();
  const erase = (id: string, key?: string) => api.ask(`/v1/jobs/${id}`, { method: 'DELETE', key });
  return { ...api, erase };
}

describe('DELETE /v1/jobs/{id}', () => {
  test('leaves no content, no list entry and a 404 to every reader; again is 204', async () => {
    const api = fixture();
    const { id } = await jobIn(await api.submit({ metadata: { course: 'private' } }), 202);
    await api.worker.succeed(id, 'The answer.');
    const response = await api.erase(id);
    expect([response.status, await response.text()]).toEqual([204, '']);
    await problemIn(await api.ask(`/v1/jobs/${id}`), 'not_found');
    await problemIn(await api.ask(`/v1/jobs/${id}/events`), 'not_found');
    await problemIn(await api.ask(`/v1/jobs/${id}/cancel`, { method: 'POST' }), 'not_found');
    const merging = await api.ask(`/v1/jobs/${id}/merge`, { body: { strategy: 'consensus' } });
    await problemIn(merging, 'not_found');
    expect(await (await api.ask('/v1/jobs')).json()).toEqual({ jobs: [], next_cursor: null });
    expect((await api.erase(id)).status).toBe(204);
    const left = JSON.stringify(await api.memoryStore.getJob(id));
    for (const content of ['VPC', 'private', 'The answer.']) expect(left).not.toContain(content);
  });

  test('a job that has not ended is 409 cancel_first', async () => {
    const api = fixture();
    const { id } = await jobIn(await api.submit(), 202);
    await problemIn(await api.erase(id), 'cancel_first');
    await api.worker.claim(id);
    await problemIn(await api.erase(id), 'cancel_first');
    await jobIn(await api.ask(`/v1/jobs/${id}`), 200);
  });

  test('an absent one is 204; so is one of another client, and it stays', async () => {
    const api = fixture();
    expect((await api.erase('0'.repeat(32))).status).toBe(204);
    const { id } = await jobIn(await api.submit(), 202);
    await api.worker.succeed(id);
    expect((await api.erase(id, BOB)).status).toBe(204);
    await jobIn(await api.ask(`/v1/jobs/${id}`), 200);
  });
});
