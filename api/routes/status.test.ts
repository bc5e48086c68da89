import { describe, expect, test } from 'vitest';
import type { VirtualClock } from '../../shared/adapters/memory/virtual-clock.ts';
import { type StatusView, statusSchema } from '../../shared/contract/status.ts';
import { BOB, makeApi } from '../testing/api-fixture.ts';
import { problemIn } from '../testing/read-response.ts';

const MINUTE_MS = 60_000;

async function idOf(submitted: Promise<Response>): Promise<string> {
  return ((await (await submitted).json()) as { id: string }).id;
}

/** A look that is not one of a few seconds ago. */
async function look(api: ReturnType<typeof makeApi<VirtualClock>>, key?: string): Promise<StatusView> {
  await api.clock.advance(5000);
  const response = await api.ask('/v1/status', key === undefined ? {} : { key });
  const text = await response.text();
  expect(response.status, text).toBe(200);
  return statusSchema.strict().parse(JSON.parse(text));
}

describe('GET /v1/status', () => {
  test('needs a key', async () => {
    await problemIn(await makeApi().ask('/v1/status', { key: null }), 'unauthorized');
  });

  test('counts messages and everybody’s open jobs, without a word of them', async () => {
    const api = makeApi();
    await api.submit({ question: 'What is EC2?' }, {}, BOB);
    await api.clock.advance(60_000);
    await api.submit();
    await api.worker.claim(await idOf(api.submit()));
    const status = await look(api);
    expect(status.queue).toEqual({ waiting: 3, in_flight: 0, delayed: 0 });
    expect(status.open_jobs).toMatchObject({ counted: 3, complete: true, oldest_queued_ms: 65_000 });
    expect(status.open_jobs.by_status).toMatchObject({ queued: 2, running: 1 });
    expect(JSON.stringify(status)).not.toContain('EC2');
  });

  test('says no age where nothing waits', async () => {
    const api = makeApi();
    await api.worker.succeed(await idOf(api.submit()));
    expect((await look(api)).open_jobs).toMatchObject({ counted: 0, oldest_queued_ms: null });
  });

  test('counts the caller’s own jobs of today, and what they cost', async () => {
    const api = makeApi();
    await api.worker.succeed(await idOf(api.submit()));
    await api.submit({}, {}, BOB);
    const { today, counted, complete } = (await look(api)).own_jobs;
    expect({ counted, complete }).toEqual({ counted: 1, complete: true });
    expect(today.by_status).toMatchObject({ succeeded: 1, queued: 0 });
    expect(today.spent_usd).toBeCloseTo(0.003);
    expect((await look(api, BOB)).own_jobs.today).toMatchObject({ spent_usd: 0, by_status: { queued: 1 } });
  });

  test('puts each job of the last hour into its minute', async () => {
    const api = makeApi();
    await api.clock.advance(30 * MINUTE_MS);
    await api.worker.succeed(await idOf(api.submit()));
    await api.worker.succeed(await idOf(api.submit()), 'A door.', true);
    await api.clock.advance(20 * MINUTE_MS);
    await api.submit();
    const { last_hour: minutes } = (await look(api)).own_jobs;
    expect(minutes).toHaveLength(60);
    const used = minutes.flatMap(({ at, ...counts }, index) =>
      Object.values(counts).some((count) => count > 0) ? [{ index, ...counts }] : [],
    );
    const none = { succeeded: 0, degraded: 0, failed: 0, canceled: 0, open: 0 };
    expect(used).toEqual([
      { ...none, index: 39, succeeded: 1, degraded: 1 },
      { ...none, index: 59, open: 1 },
    ]);
  });

  test('after midnight the last hour still shows the day before, and today begins anew', async () => {
    const api = makeApi();
    await api.clock.advance(24 * 60 * MINUTE_MS - 10 * MINUTE_MS);
    await api.worker.succeed(await idOf(api.submit()));
    await api.clock.advance(20 * MINUTE_MS);
    const { today, last_hour: minutes, counted } = (await look(api)).own_jobs;
    expect(counted).toBe(1);
    expect(today).toMatchObject({ spent_usd: 0, by_status: { succeeded: 0 } });
    expect(minutes.reduce((sum, { succeeded }) => sum + succeeded, 0)).toBe(1);
  });

  test('shows the rest where the queue does not answer, and is an outage where the store does not', async () => {
    const api = makeApi();
    api.queueOutage.fail('depth');
    expect((await look(api)).queue).toBeNull();
    api.queueOutage.end();
    api.storeOutage.fail('dueJobs');
    await api.clock.advance(5000);
    await problemIn(await api.ask('/v1/status'), 'unavailable');
    api.storeOutage.end();
    expect((await api.ask('/v1/status')).status).toBe(200);
  });

  test('many who look at once cost one look', async () => {
    const api = makeApi();
    await Promise.all(Array.from({ length: 20 }, () => api.ask('/v1/status')));
    for (const method of ['dueJobs', 'listJobs']) {
      expect(api.storeOutage.calls.filter((call) => call === method)).toEqual([method]);
    }
  });
});
