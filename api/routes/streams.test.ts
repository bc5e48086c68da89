import { describe, expect, test } from 'vitest';
import type { Env } from '../../shared/config/env-reader.ts';
import { ALICE, BOB, makeApi } from '../testing/api-fixture.ts';
import { jobIn, problemIn } from '../testing/read-response.ts';

const CHAT = { model: 'iscoolgpt', messages: [{ role: 'user', content: 'What is S3?' }] };

async function fixture(env: Env) {
  const api = makeApi({ env });
  const ids = {
    alice: (await jobIn(await api.submit({}, {}, ALICE), 202)).id,
    bob: (await jobIn(await api.submit({}, {}, BOB), 202)).id,
  };
  const follow = (key = ALICE) => api.ask(`/v1/jobs/${key === BOB ? ids.bob : ids.alice}/events`, { key });
  const wait = () => api.ask(`/v1/jobs/${ids.alice}`, { headers: { Prefer: 'wait=5' } });
  const chat = (stream: boolean) => api.ask('/v1/chat/completions', { body: { ...CHAT, stream } });
  return { ...api, ids, follow, wait, chat };
}

/** Lets time pass until something is there. */
async function inTime<T>(api: Awaited<ReturnType<typeof fixture>>, something: Promise<T>): Promise<T> {
  let there = false;
  void something.finally(() => {
    there = true;
  });
  await api.clock.until(() => there);
  return something;
}

describe('responses that stay open', () => {
  test('are so many for each client, and another takes the place of one that its reader left', async () => {
    const api = await fixture({ STREAMS_PER_CLIENT: '2' });
    const [first] = [await api.follow(), await api.follow()];
    const refused = await api.follow();
    expect(refused.headers.get('Retry-After')).toBe('2');
    expect((await problemIn(refused, 'too_many_streams')).detail).toContain('You have 2 streams');
    expect((await api.follow(BOB)).status).toBe(200);
    await first?.body?.cancel();
    expect((await api.follow()).status).toBe(200);
    await problemIn(await api.follow(), 'too_many_streams');
    expect(api.streams.open).toBe(3);
  });

  test('are so many in all', async () => {
    const api = await fixture({ STREAMS_PER_CLIENT: '2', MAX_STREAMS: '3' });
    for (const key of [ALICE, ALICE, BOB]) expect((await api.follow(key)).status).toBe(200);
    const { detail } = await problemIn(await api.follow(BOB), 'too_many_streams');
    expect(detail).toContain('This server');
  });

  test('give their places back when the job ends', async () => {
    const api = await fixture({ STREAMS_PER_CLIENT: '1' });
    await api.worker.succeed(api.ids.alice);
    expect(await (await api.follow()).text()).toContain('"status":"succeeded"');
    expect(api.streams.open).toBe(0);
  });

  test('are long polls too, for as long as they wait; one that has nothing to wait for takes no place', async () => {
    const api = await fixture({ STREAMS_PER_CLIENT: '1' });
    const waiting = api.wait();
    await api.clock.advance(0);
    await problemIn(await api.wait(), 'too_many_streams');
    await jobIn(await api.ask(`/v1/jobs/${api.ids.alice}`), 200);
    await jobIn(await api.ask(`/v1/jobs/${api.ids.alice}`, { headers: { Prefer: 'wait=0' } }), 200);
    expect((await inTime(api, waiting)).headers.get('Preference-Applied')).toBe('wait=5');
    expect((await api.follow()).status).toBe(200);
    await api.worker.succeed(api.ids.alice);
    await jobIn(await api.wait(), 200);
  });

  test('take no place for a HEAD, which never reads them', async () => {
    const api = await fixture({ STREAMS_PER_CLIENT: '1' });
    await api.ask(`/v1/jobs/${api.ids.alice}/events`, { method: 'HEAD' });
    expect(api.streams.open).toBe(0);
  });

  test('a question is accepted where its asker cannot wait for it', async () => {
    const api = await fixture({ STREAMS_PER_CLIENT: '1' });
    await api.follow();
    const response = await api.submit({}, { Prefer: 'wait=5' });
    expect(response.headers.get('Preference-Applied')).toBeNull();
    expect((await jobIn(response, 202)).status).toBe('queued');
  });

  test.each([true, false])('a chat is refused before anything is asked (stream: %j)', async (stream) => {
    const api = await fixture({ STREAMS_PER_CLIENT: '1' });
    const open = await api.follow();
    const refused = await api.chat(stream);
    expect([refused.status, refused.headers.get('Retry-After')]).toEqual([429, '2']);
    expect(await refused.json()).toMatchObject({ error: { code: 'rate_limit_exceeded' } });
    expect((await api.memoryStore.listJobs('alice', { limit: 9 })).jobs).toHaveLength(1);
    await open.body?.cancel();
    const chatting = api.chat(stream).then((response) => response.text());
    await api.clock.advance(0);
    expect(api.streams.open).toBe(1);
    expect(await inTime(api, chatting)).toContain('expired');
    expect(api.streams.open).toBe(0);
  });

  test('a chat that its reader leaves, or that cannot be asked, gives its place back', async () => {
    const api = await fixture({ STREAMS_PER_CLIENT: '1' });
    api.storeOutage.fail('createJob');
    expect((await api.chat(true)).status).toBe(503);
    expect(api.streams.open).toBe(0);
    api.storeOutage.end();
    const chatting = await api.chat(true);
    expect(api.streams.open).toBe(1);
    await chatting.body?.cancel();
    expect(api.streams.open).toBe(0);
  });
});
