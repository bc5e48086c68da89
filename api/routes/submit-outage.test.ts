import { describe, expect, test } from 'vitest';
import { jobIdOfKey } from '../../shared/job/ids.ts';
import { type Api, makeApi } from '../testing/api-fixture.ts';
import { jobIn, problemIn } from '../testing/read-response.ts';

const KEY = { 'Idempotency-Key': 'k' };

async function rows(api: Api): Promise<number> {
  return (await api.memoryStore.listJobs('alice', { limit: 100 })).jobs.length;
}

/** With a quota of one, tells whether the question that failed was given back. */
async function expectAccepted(api: Api, headers: Record<string, string> = {}): Promise<void> {
  api.storeOutage.end();
  api.queueOutage.end();
  await jobIn(await api.submit({}, headers), 202);
  expect(await rows(api)).toBe(1);
  expect((await api.memoryQueue.depth()).visible).toBeGreaterThan(0);
}

describe('submits while something is down', () => {
  test.each([
    ['the count', 'countQuestion', {}],
    ['the look-up of a key', 'getJob', KEY],
    ['the cache', 'getCached', {}],
  ])('%s fails: 503, nothing is kept, and it works again afterwards', async (_name, method, headers) => {
    const api = makeApi({ env: { DAILY_QUOTA: '1' } });
    api.storeOutage.fail(method);
    const response = await api.submit({ cache: true }, headers);
    await problemIn(response, 'unavailable');
    expect(response.headers.get('Retry-After')).toBe('2');
    expect(await rows(api)).toBe(0);
    await expectAccepted(api, headers);
  });

  test('the put fails, the store answers again: the question is given back', async () => {
    const api = makeApi({ env: { DAILY_QUOTA: '1' } });
    api.storeOutage.fail('createJob');
    await problemIn(await api.submit(), 'unavailable');
    await expectAccepted(api);
  });

  test('the response of the put is lost: the row is taken back', async () => {
    const api = makeApi({ env: { DAILY_QUOTA: '1' } });
    api.storeOutage.loseResponse('createJob');
    await problemIn(await api.submit(), 'unavailable');
    expect(await rows(api)).toBe(0);
    await expectAccepted(api);
  });

  test('the response of the put is lost with a key: unconfirmed, and the retry finds the row', async () => {
    const api = makeApi({ env: { DAILY_QUOTA: '1' } });
    api.storeOutage.loseResponse('createJob');
    const response = await api.submit({}, KEY);
    await problemIn(response, 'submit_unconfirmed');
    expect(response.headers.get('Retry-After')).toBe('2');
    await expectAccepted(api, KEY);
  });

  test('the send fails: the row is taken back', async () => {
    const api = makeApi({ env: { DAILY_QUOTA: '1' } });
    api.queueOutage.fail('send');
    await problemIn(await api.submit(), 'unavailable');
    expect(await rows(api)).toBe(0);
    await expectAccepted(api);
  });

  test('the send fails with a key: the row stays, and the retry sends again', async () => {
    const api = makeApi({ env: { DAILY_QUOTA: '1' } });
    api.queueOutage.fail('send');
    await problemIn(await api.submit({}, KEY), 'submit_unconfirmed');
    await problemIn(await api.submit({}, KEY), 'submit_unconfirmed');
    await expectAccepted(api, KEY);
  });

  test('the send fails and the row cannot be taken back: unconfirmed, with the address to look at', async () => {
    const api = makeApi();
    api.queueOutage.fail('send');
    api.storeOutage.fail('deleteUnclaimedJob');
    const { detail } = await problemIn(await api.submit(), 'submit_unconfirmed');
    const [path] = /\/v1\/jobs\/[0-9a-f]{32}/.exec(detail) ?? [''];
    await jobIn(await api.ask(path), 200);
  });

  test.each([
    ['cannot be counted', (api: Api) => api.storeOutage.fail('countQuestion', 'deleteUnclaimedJob')],
    [
      'is one too many',
      async (api: Api) => {
        await jobIn(await api.submit(), 202);
        api.storeOutage.fail('deleteUnclaimedJob');
      },
    ],
  ])('a question %s and its row cannot be taken back: unconfirmed', async (_name, prepare) => {
    const api = makeApi({ env: { DAILY_QUOTA: '1' } });
    await prepare(api);
    const { detail } = await problemIn(await api.submit(), 'submit_unconfirmed');
    const [path] = /\/v1\/jobs\/[0-9a-f]{32}/.exec(detail) ?? [''];
    await jobIn(await api.ask(path), 200);
  });

  test('the response of the send is lost, and a worker has the job by then: it is accepted', async () => {
    const api = makeApi();
    api.queueOutage.loseResponse('send');
    const withdraw = api.memoryStore.deleteUnclaimedJob.bind(api.memoryStore);
    api.memoryStore.deleteUnclaimedJob = async (id) => {
      await api.worker.claim(id);
      return withdraw(id);
    };
    const { id } = await jobIn(await api.submit(), 202);
    expect((await jobIn(await api.ask(`/v1/jobs/${id}`), 200)).status).toBe('running');
  });

  test('a put that the store made twice over is the job of its caller, not a replay', async () => {
    const api = makeApi();
    const create = api.memoryStore.createJob.bind(api.memoryStore);
    api.memoryStore.createJob = async (job) => {
      await create(job);
      return create(job);
    };
    const response = await api.submit({}, KEY);
    await jobIn(response, 202);
    expect(response.headers.has('Idempotent-Replayed')).toBe(false);
  });

  test('a quota that cannot be given back changes nothing for the caller', async () => {
    const api = makeApi();
    api.queueOutage.fail('send');
    api.storeOutage.fail('uncountQuestion');
    await problemIn(await api.submit(), 'unavailable');
    expect(api.logged.map(({ msg }) => msg)).toContain('a question that was not accepted stays counted');
  });

  test('an error that nobody foresaw is 500, says nothing of itself and is logged', async () => {
    const api = makeApi();
    api.memoryStore.createJob = async () => {
      throw new Error('secret detail');
    };
    const response = await api.submit({}, KEY);
    expect(JSON.stringify(await problemIn(response, 'internal'))).not.toContain('secret detail');
    expect(JSON.stringify(api.logged)).toContain('secret detail');
    expect(await api.memoryStore.getJob(jobIdOfKey('alice', 'k'))).toBeUndefined();
  });
});
