import { describe, expect, it } from 'vitest';
import type { VirtualClock } from '../shared/adapters/memory/virtual-clock.ts';
import { ApiError, type Connection, createClient, type JobView, NetworkError } from './client.ts';
import { ALICE, type Api, makeApi } from './testing/api-fixture.ts';
import { answered, cutAfter, type Fault, mute, refused, responseLost, Wire } from './testing/wire.ts';

const QUESTION = { question: 'What is a VPC endpoint?', cache: false };

/** A client of the whole API, in memory and in one virtual time. */
function connect(options: { key?: string; env?: Record<string, string> } = {}) {
  const api = makeApi({ env: options.env ?? {} });
  const wire = new Wire(async (input, init) => api.app.fetch(new Request(input, init)));
  const client = createClient({
    baseUrl: 'http://localhost',
    key: options.key ?? ALICE,
    fetch: wire.fetch,
    clock: api.clock,
  });
  return { ...api, wire, client };
}

/** Lets time pass until the promise has settled. */
async function inTime<T>(clock: VirtualClock, promise: Promise<T>): Promise<T> {
  let settled = false;
  const watched = promise.finally(() => {
    settled = true;
  });
  watched.catch(() => {});
  await clock.until(() => settled);
  return watched;
}

/** Follows a job while something is done to it at each snapshot. */
async function follow(
  { client, clock }: ReturnType<typeof connect>,
  id: string,
  at: (job: JobView) => Promise<unknown> = async () => {},
) {
  const connections: Connection[] = [];
  const jobs: JobView[] = [];
  const following = (async () => {
    for await (const job of client.events(id, { onConnection: (state) => connections.push(state) })) {
      jobs.push(job);
      await at(job);
    }
  })();
  await inTime(clock, following);
  return { connections, revisions: jobs.map(({ revision }) => revision), last: jobs.at(-1) };
}

const succeedOnceSeen = (worker: Api['worker']) => async (job: JobView) => {
  if (job.status === 'queued') await worker.succeed(job.id);
};

describe('submit', () => {
  it('asks once, however often its request has to be sent', async () => {
    const { client, clock, wire, queueOutage } = connect();
    const unconfirmed: Fault = async (pass) => {
      queueOutage.fail('send');
      const response = await pass();
      queueOutage.end();
      return response;
    };
    wire.fail('/v1/jobs', refused, unconfirmed, responseLost);
    const job = await inTime(clock, client.submit(QUESTION));
    expect(job.status).toBe('queued');
    expect((await client.list()).jobs.map(({ id }) => id)).toEqual([job.id]);
    const keys = wire.sent
      .filter(({ method }) => method === 'POST')
      .map(({ headers }) => headers.get('Idempotency-Key'));
    expect(keys).toHaveLength(4);
    expect(new Set(keys).size).toBe(1);
  });

  it('is the same job under the same key, and another under none', async () => {
    const { client } = connect();
    const [a, b, c] = [
      await client.submit(QUESTION, { idempotencyKey: 'k' }),
      await client.submit(QUESTION, { idempotencyKey: 'k' }),
      await client.submit(QUESTION),
    ];
    expect(b.id).toBe(a.id);
    expect(c.id).not.toBe(a.id);
  });

  it('says what the server says of a request that is not valid, and does not send it again', async () => {
    const { client, wire } = connect();
    const error = await client.submit({ question: ' ', deadline_seconds: 1 }).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ code: 'invalid_request', status: 400 });
    expect(error.errors.map(({ at }: { at: string }) => at)).toEqual(['/question', '/deadline_seconds']);
    expect(error.requestId).toMatch(/^[0-9a-f]{32}$/);
    expect(wire.sent).toHaveLength(1);
  });

  it('waits out a rate limit, and does not wait for tomorrow', async () => {
    const limited = connect({ env: { RATE_PER_MINUTE: '1' } });
    await limited.client.submit(QUESTION);
    const beganMs = limited.clock.monotonic();
    const patient = createClient({
      baseUrl: 'http://localhost',
      key: ALICE,
      fetch: limited.wire.fetch,
      clock: limited.clock,
      patienceMs: 90_000,
    });
    await inTime(limited.clock, patient.submit(QUESTION));
    expect(limited.clock.monotonic() - beganMs).toBeGreaterThanOrEqual(60_000);

    const quota = connect({ env: { DAILY_QUOTA: '1' } });
    await quota.client.submit(QUESTION);
    await expect(quota.client.submit(QUESTION)).rejects.toMatchObject({
      code: 'quota_exceeded',
      status: 429,
    });
  });
});

describe('errors', () => {
  it('tells a wrong key from a server that is not there', async () => {
    await expect(connect({ key: 'wrong' }).client.providers()).rejects.toMatchObject({
      code: 'unauthorized',
    });
    const { client, clock, wire } = connect();
    wire.fail('/v1/providers', ...Array.from({ length: 100 }, () => refused));
    const error = await inTime(clock, client.providers()).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(NetworkError);
    expect(error.message).toBe('http://localhost/ cannot be reached: ECONNREFUSED');
    expect(clock.monotonic()).toBeGreaterThan(20_000);
    expect(clock.monotonic()).toBeLessThanOrEqual(30_000);
  });

  it('reports who answers in another language', async () => {
    const { client, wire } = connect();
    wire.fail(
      '/v1/providers',
      answered(200, {}, '<html>Log in to the hotel</html>'),
      answered(403, {}, '<html>Forbidden</html>'),
    );
    await expect(client.providers()).rejects.toMatchObject({ code: 'unrecognized', status: 200 });
    await expect(client.providers()).rejects.toMatchObject({ code: 'unrecognized', status: 403 });
  });

  it.each([
    ['7', 7000],
    ['Thu, 01 Jan 2026 00:00:20 GMT', 20_000],
    ['soon', 0],
    ['-5', 0],
    ['2026', Number.POSITIVE_INFINITY],
  ])('tries again after a Retry-After of %s', async (header, waitsMs) => {
    const { client, clock, wire } = connect();
    wire.fail('/v1/providers', answered(503, { 'Retry-After': header }));
    const asking = inTime(clock, client.providers());
    if (waitsMs === Number.POSITIVE_INFINITY) return expect(asking).rejects.toMatchObject({ status: 503 });
    await asking;
    expect(clock.monotonic()).toBeGreaterThanOrEqual(waitsMs);
    expect(clock.monotonic()).toBeLessThan(waitsMs + 1000);
  });
});

describe('wait', () => {
  it('holds on until the job is done, without asking in a circle', async () => {
    const { client, clock, wire, worker } = connect({ env: { MAX_WAIT_SECONDS: '0' } });
    const { id } = await client.submit(QUESTION);
    const waiting = client.wait(id);
    await clock.advance(10_000);
    expect(wire.sent.length).toBeLessThan(13);
    await worker.succeed(id);
    expect(await inTime(clock, waiting)).toMatchObject({ status: 'succeeded', done: true });
  });

  it('ends with the reason of the signal, and leaves nothing behind', async () => {
    const { client, clock, worker } = connect();
    const { id } = await client.submit(QUESTION);
    await worker.claim(id);
    const abort = new AbortController();
    const waiting = client.wait(id, { signal: abort.signal });
    waiting.catch(() => {});
    await clock.advance(3000);
    abort.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    await clock.advance(60_000);
    expect(clock.sleeping).toBe(0);
  });
});

describe('events', () => {
  it('shows each change once, to the end', async () => {
    const connection = connect();
    const { id } = await connection.client.submit(QUESTION);
    const seen = await follow(connection, id, succeedOnceSeen(connection.worker));
    expect(seen.last).toMatchObject({ status: 'succeeded', done: true });
    expect(seen.revisions).toEqual([...new Set(seen.revisions)].sort((a, b) => a - b));
    expect(seen.connections).toEqual(['streaming']);
    expect(connection.clock.sleeping).toBe(0);
  });

  it('takes a stream that broke off up again where it ended', async () => {
    const connection = connect();
    const { id } = await connection.client.submit(QUESTION);
    connection.wire.fail('/events', cutAfter(1), refused, refused);
    const seen = await follow(connection, id, succeedOnceSeen(connection.worker));
    expect(seen.last).toMatchObject({ status: 'succeeded' });
    expect(seen.revisions).toEqual([...new Set(seen.revisions)]);
    expect(seen.connections).toEqual(['streaming', 'lost', 'streaming']);
    const resumed = connection.wire.sent.filter(({ path }) => path.endsWith('/events'));
    expect(resumed.map(({ headers }) => headers.get('Last-Event-ID'))).toEqual(['0', '1', '1', '1']);
  });

  it('polls where streams do not come through', async () => {
    const connection = connect();
    const { id } = await connection.client.submit(QUESTION);
    connection.wire.fail('/events', mute, answered(200, { 'Content-Type': 'text/html' }));
    const seen = await follow(connection, id, succeedOnceSeen(connection.worker));
    expect(seen.last).toMatchObject({ status: 'succeeded' });
    expect(seen.connections).toEqual(['polling']);
  });

  it('polls, and loses no time, where the server has no room for one more', async () => {
    const connection = connect({ env: { STREAMS_PER_CLIENT: '1' } });
    const { client, clock, worker } = connection;
    const { id } = await client.submit(QUESTION);
    const open = await connection.ask(`/v1/jobs/${id}/events`);
    const waiting = inTime(clock, client.wait(id));
    const { connections, last } = await follow(connection, id, succeedOnceSeen(worker));
    expect([connections, last?.status]).toEqual([['polling'], 'succeeded']);
    expect((await waiting).status).toBe('succeeded');
    expect(clock.monotonic()).toBeLessThan(5000);
    await open.body?.cancel();
  });

  it('gives up on a server that stays away', async () => {
    const connection = connect();
    const { id } = await connection.client.submit(QUESTION);
    connection.wire.fail('/events', cutAfter(1), ...Array.from({ length: 100 }, () => refused));
    await expect(follow(connection, id)).rejects.toBeInstanceOf(NetworkError);
    expect(connection.clock.monotonic()).toBeLessThan(40_000);
  });

  it('says nothing where the end was seen already', async () => {
    const connection = connect();
    const { id } = await connection.client.submit(QUESTION);
    const { revision } = await connection.worker.succeed(id);
    const again = connection.client.events(id, { lastEventId: revision });
    expect(await again.next()).toMatchObject({ done: true });
  });

  it('lets go of the stream when its reader leaves', async () => {
    const { client, clock, watchers } = connect();
    const { id } = await client.submit(QUESTION);
    for await (const job of client.events(id)) {
      expect(job.status).toBe('queued');
      expect(watchers.watched).toBe(1);
      break;
    }
    await clock.advance(0);
    expect(watchers.watched).toBe(0);
    expect(clock.sleeping).toBe(0);
  });
});

describe('what is done to a job', () => {
  it('cancels, merges again, lists and deletes', async () => {
    const { client, worker } = connect();
    const canceled = await client.cancel((await client.submit(QUESTION)).id);
    expect(canceled.status).toBe('canceled');
    const { id } = await client.submit(QUESTION);
    await expect(client.delete(id)).rejects.toMatchObject({ code: 'cancel_first' });
    await worker.succeed(id);
    const merging = await client.merge(id, 'consensus');
    expect(merging).toMatchObject({ merged_from: id, strategy: 'consensus' });
    const page = await client.list({ status: 'canceled', limit: 1 });
    expect(page.jobs.map((job) => job.id)).toEqual([canceled.id]);
    await client.delete(id);
    await expect(client.get(id)).rejects.toMatchObject({ code: 'not_found' });
  });
});
