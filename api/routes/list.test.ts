import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jobPageSchema } from '../../shared/contract/job-page.ts';
import { BOB, makeApi } from '../testing/api-fixture.ts';
import { jobIn, problemIn } from '../testing/read-response.ts';

async function fixture(count: number) {
  const api = makeApi();
  const ids: string[] = [];
  for (let i = 0; i < count; i += 1) {
    ids.unshift((await jobIn(await api.submit({ deadline_seconds: 60 }), 202)).id);
    await api.clock.advance(1);
  }
  const page = async (query: string, key?: string) => {
    const response = await api.ask(`/v1/jobs${query}`, { key });
    const body: unknown = await response.json();
    expect(response.status, JSON.stringify(body)).toBe(200);
    return jobPageSchema.strict().parse(body);
  };
  return { ...api, ids, page };
}

describe('GET /v1/jobs', () => {
  test('pages through the own jobs, newest first, each once', async () => {
    const { ids, page } = await fixture(5);
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const next = await page(`?limit=2${cursor && `&cursor=${cursor}`}`);
      expect(next.jobs.length).toBeLessThanOrEqual(2);
      seen.push(...next.jobs.map(({ id }) => id));
      cursor = next.next_cursor;
    }
    expect(seen).toEqual(ids);
    expect((await page('', BOB)).jobs).toEqual([]);
  });

  test('filters by status', async () => {
    const { ids, page, worker } = await fixture(3);
    await worker.succeed(ids[1] as string);
    expect((await page('?status=succeeded')).jobs.map(({ id }) => id)).toEqual([ids[1]]);
    expect((await page('?status=queued')).jobs.map(({ id }) => id)).toEqual([ids[0], ids[2]]);
  });

  test('ends what is overdue before it shows it', async () => {
    const { ids, page, clock, memoryStore } = await fixture(1);
    await clock.advance(62_000);
    expect((await page('?status=queued')).jobs).toEqual([]);
    expect((await page('')).jobs.map(({ id, status }) => [id, status])).toEqual([[ids[0], 'expired']]);
    expect((await memoryStore.getJob(ids[0] as string))?.status).toBe('expired');
  });

  test('lists what nobody has read since its deadline under the status that a read gives it', async () => {
    const { ids, page, clock, worker, ask } = await fixture(3);
    await worker.claim(ids[0] as string);
    await clock.advance(62_000);
    expect((await page('?status=expired')).jobs.map(({ id }) => id)).toEqual([ids[1], ids[2]]);
    expect((await page('?status=failed')).jobs.map(({ id }) => id)).toEqual([ids[0]]);
    for (const [status, id] of [
      ['failed', ids[0]],
      ['expired', ids[1]],
    ]) {
      expect((await jobIn(await ask(`/v1/jobs/${id}`), 200)).status).toBe(status);
    }
  });

  test('ends no more jobs than its page shows', async () => {
    const { page, clock, memoryStore } = await fixture(5);
    await clock.advance(62_000);
    const { jobs, next_cursor } = await page('?status=expired&limit=2');
    expect([jobs.length, typeof next_cursor]).toEqual([2, 'string']);
    const { jobs: all } = await memoryStore.listJobs('alice', { limit: 9 });
    expect(all.filter(({ status }) => status === 'queued')).toHaveLength(3);
  });

  test('leaves out what the index still shows although it was deleted', async () => {
    const { page, memoryStore, ids } = await fixture(1);
    const list = memoryStore.listJobs.bind(memoryStore);
    memoryStore.listJobs = async (client, query) => {
      const { jobs } = await list(client, query);
      return { jobs: jobs.map((job) => ({ ...job, status: 'canceled', deleted: true })) };
    };
    expect((await page('')).jobs.map(({ id }) => id)).not.toContain(ids[0]);
  });

  test.each([
    ['?limit=0', 'query:limit'],
    ['?limit=101', 'query:limit'],
    ['?limit=1e1', 'query:limit'],
    ['?limit=', 'query:limit'],
    ['?limit=1&limit=2', 'query:limit'],
    ['?status=done', 'query:status'],
    ['?cursor=', 'query:cursor'],
    ['?cursor=bogus', 'query:cursor'],
    ['?page=2', 'query:page'],
  ])('refuses %s', async (query, at) => {
    const { errors } = await problemIn(await makeApi().ask(`/v1/jobs${query}`), 'invalid_request');
    expect(errors[0]?.at).toBe(at);
  });

  test('a cursor that is not one is 400, whatever it is', async () => {
    const api = makeApi();
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string({ minLength: 1, maxLength: 80, unit: 'binary' }),
          fc.base64String({ minLength: 1, maxLength: 80 }),
        ),
        async (cursor) => {
          const query = new URLSearchParams({ cursor }).toString();
          await problemIn(await api.ask(`/v1/jobs?${query}`), 'invalid_request');
        },
      ),
      { numRuns: 200 },
    );
  });
});
