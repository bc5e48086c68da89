import { describe, expect, test } from 'vitest';
import { BOB, makeApi } from '../testing/api-fixture.ts';
import { jobIn, problemIn } from '../testing/read-response.ts';

describe('GET /v1/jobs/{id}', () => {
  test('shows the job from queued to its end, with an ETag for each revision', async () => {
    const api = makeApi();
    const { id } = await jobIn(await api.submit(), 202);
    await api.worker.claim(id);
    const running = await api.ask(`/v1/jobs/${id}`);
    expect(await jobIn(running, 200)).toMatchObject({ status: 'running', phase: 'consulting', revision: 2 });
    expect(running.headers.get('Retry-After')).toBe('1');
    expect(running.headers.get('ETag')).toBe(`"${id}-2"`);
    await api.worker.answer(id, 'openai', 'A door 🚪.');
    const { providers } = await jobIn(await api.ask(`/v1/jobs/${id}`), 200);
    expect(providers[0]).toMatchObject({ state: 'answered', attempts: 1, answer: { text: 'A door 🚪.' } });
    await api.worker.end(id, { status: 'failed' });
    const ended = await api.ask(`/v1/jobs/${id}`);
    expect(await jobIn(ended, 200)).toMatchObject({ status: 'failed', done: true });
    expect(ended.headers.has('Retry-After')).toBe(false);
  });

  test('says 304 to the ETag last seen, weak, listed or *, until the job changes', async () => {
    const api = makeApi();
    const { id } = await jobIn(await api.submit(), 202);
    const poll = (etag: string) => api.ask(`/v1/jobs/${id}`, { headers: { 'If-None-Match': etag } });
    for (const etag of [`"${id}-1"`, `W/"${id}-1"`, `"other", "${id}-1"`, '*']) {
      const response = await poll(etag);
      expect([response.status, await response.text()]).toEqual([304, '']);
      expect(response.headers.get('ETag')).toBe(`"${id}-1"`);
    }
    await api.worker.claim(id);
    expect((await poll(`"${id}-1"`)).status).toBe(200);
  });

  test('others, ids that cannot be and ids that are not get the same 404', async () => {
    const api = makeApi();
    const { id } = await jobIn(await api.submit(), 202);
    const details = new Set<string>();
    for (const [path, key] of [
      [`/v1/jobs/${id}`, BOB],
      [`/v1/jobs/${'0'.repeat(32)}`, BOB],
      ['/v1/jobs/1', BOB],
      [`/v1/jobs/${id.toUpperCase()}`, undefined],
    ] as const) {
      details.add((await problemIn(await api.ask(path, { key }), 'not_found')).detail);
    }
    expect(details.size).toBe(1);
  });

  test.each([
    ['GET', ''],
    ['DELETE', ''],
    ['GET', '/events'],
    ['POST', '/cancel'],
    ['POST', '/merge'],
  ])('%s of an id that cannot be asks nothing of the store', async (method, rest) => {
    const api = makeApi();
    const response = await api.ask(`/v1/jobs/${'A'.repeat(32)}${rest}`, { method });
    await problemIn(response, 'not_found');
    expect(api.storeOutage.calls).toEqual([]);
  });

  test('a job whose time is over is ended by the poll; where that cannot be written, 503', async () => {
    const api = makeApi();
    const { id } = await jobIn(await api.submit({ deadline_seconds: 5 }), 202);
    await api.worker.claim(id);
    await api.clock.advance(6999);
    expect((await jobIn(await api.ask(`/v1/jobs/${id}`), 200)).status).toBe('running');
    await api.clock.advance(1);
    api.storeOutage.fail('writeJob');
    await problemIn(await api.ask(`/v1/jobs/${id}`), 'unavailable');
    api.storeOutage.end();
    expect(await jobIn(await api.ask(`/v1/jobs/${id}`), 200)).toMatchObject({
      status: 'failed',
      error: { code: 'deadline_exceeded' },
    });
    expect((await api.memoryStore.getJob(id))?.status).toBe('failed');
  });

  test('failure mode 15: Prefer: wait holds the poll back until the end, which with no worker is the deadline and 2 s', async () => {
    const api = makeApi();
    const { id, deadline_at } = await jobIn(await api.submit({ deadline_seconds: 5 }), 202);
    const polling = api.ask(`/v1/jobs/${id}`, { headers: { Prefer: 'wait=50' } });
    await api.clock.advance(7000);
    const response = await polling;
    const job = await jobIn(response, 200);
    expect(job.status).toBe('expired');
    expect(Date.parse(job.finished_at ?? '') - Date.parse(deadline_at)).toBe(2000);
    expect(response.headers.get('Preference-Applied')).toBe('wait=50');
    expect([api.clock.sleeping, api.watchers.watched]).toEqual([0, 0]);
  });

  test('a wait through which the store does not answer ends as 503; one that it survives does not', async () => {
    const api = makeApi();
    const { id } = await jobIn(await api.submit(), 202);
    const poll = () => api.ask(`/v1/jobs/${id}`, { headers: { Prefer: 'wait=3' } });
    const failing = poll();
    await api.clock.until(() => api.watchers.watched === 1);
    api.storeOutage.fail('getJob');
    await api.clock.advance(3000);
    await problemIn(await failing, 'unavailable');
    api.storeOutage.end();
    const surviving = poll();
    await api.clock.until(() => api.watchers.watched === 1);
    api.storeOutage.fail('getJob');
    await api.clock.advance(1000);
    api.storeOutage.end();
    await api.clock.advance(2000);
    await jobIn(await surviving, 200);
  });

  test('a caller that leaves frees the watch', async () => {
    const api = makeApi();
    const { id } = await jobIn(await api.submit(), 202);
    const caller = new AbortController();
    const request = new Request(`http://localhost/v1/jobs/${id}`, {
      headers: { Authorization: 'Bearer key-of-alice-0123456789', Prefer: 'wait=50' },
      signal: caller.signal,
    });
    const responding = api.app.request(request);
    await api.clock.until(() => api.watchers.watched === 1);
    caller.abort();
    await responding;
    expect([api.clock.sleeping, api.watchers.watched]).toEqual([0, 0]);
  });

  test('a job deleted while it is waited for is gone', async () => {
    const api = makeApi();
    const { id } = await jobIn(await api.submit(), 202);
    const polling = api.ask(`/v1/jobs/${id}`, { headers: { Prefer: 'wait=9' } });
    await api.clock.until(() => api.watchers.watched === 1);
    await api.memoryStore.deleteUnclaimedJob(id);
    await api.clock.advance(2000);
    await problemIn(await polling, 'not_found');
  });

  test('HEAD says what GET would, without a body', async () => {
    const api = makeApi();
    const { id } = await jobIn(await api.submit(), 202);
    const response = await api.ask(`/v1/jobs/${id}`, { method: 'HEAD' });
    expect([response.status, await response.text()]).toEqual([200, '']);
    expect(response.headers.get('ETag')).toBe(`"${id}-1"`);
  });
});
