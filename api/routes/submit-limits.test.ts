import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BOB, makeApi } from '../testing/api-fixture.ts';
import { jobIn, problemIn } from '../testing/read-response.ts';

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

  test('of any questions at once, with keys and without, as many are accepted as the quota has; of the others nothing is left', async () => {
    const asked = fc.array(fc.option(fc.nat({ max: 9 })), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 6 }), asked, async (quota, keys) => {
        const api = makeApi({ env: { DAILY_QUOTA: String(quota) } });
        const submits = keys.map((key) =>
          api.submit({}, key === null ? {} : { 'Idempotency-Key': `k${key}` }),
        );
        const answers = await Promise.all(submits);
        const ids = new Set<string>();
        for (const answer of answers) {
          if (answer.status === 202) ids.add((await jobIn(answer, 202)).id);
          else await problemIn(answer, 'quota_exceeded');
        }
        const wanted = new Set(keys.map((key, index) => (key === null ? `index ${index}` : `key ${key}`)));
        const most = Math.min(quota, wanted.size);
        expect(ids.size).toBeLessThanOrEqual(most);
        // Two with one key count as two until one of them has found the other's job.
        if (wanted.size === keys.length) expect(ids.size).toBe(most);
        const { jobs } = await api.memoryStore.listJobs('alice', { limit: 100 });
        expect(new Set(jobs.map(({ id }) => id))).toEqual(ids);
        expect((await api.memoryQueue.depth()).visible).toBeGreaterThanOrEqual(ids.size);
      }),
      { numRuns: 100 },
    );
  });

  test('a client that was refused today costs no more than a count', async () => {
    const api = makeApi({ env: { DAILY_QUOTA: '1' } });
    await jobIn(await api.submit(), 202);
    await problemIn(await api.submit(), 'quota_exceeded');
    api.storeOutage.calls.length = 0;
    await problemIn(await api.submit(), 'quota_exceeded');
    expect(api.storeOutage.calls).toEqual(['countQuestion']);
    await api.clock.advance(24 * 3600 * 1000);
    await jobIn(await api.submit(), 202);
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
