import { describe, expect, it } from 'vitest';
import { ALICE, BOB, makeApi } from '../../api/testing/api-fixture.ts';
import { jobIn } from '../../api/testing/read-response.ts';
import { parseRoute, ROUTES, servedRoutes } from './support/routes.ts';

const UNKNOWN_ID = 'f'.repeat(32);
const SECRET_TEXT = 'only-bob-asks-this';

const namesOf = (access: string) =>
  Object.entries(ROUTES)
    .filter(([, route]) => route.access === access)
    .map(([name]) => name);

const pathOf = (pattern: string, id: string) =>
  pattern.replace(':id', id).replace(':model', 'iscoolgpt').replace(':name', 'main.js');

type Api = ReturnType<typeof makeApi>;

const ask = (api: Api, name: string, id: string, options: { key?: string | null; headers?: object } = {}) => {
  const { method, pattern } = parseRoute(name);
  const { key = ALICE, headers = {} } = options;
  return api.ask(pathOf(pattern, id), {
    method,
    key,
    headers: { ...headers },
    ...(ROUTES[name]?.body && { body: ROUTES[name].body }),
  });
};

it('every route of the app says here who may call it', () => {
  const served = servedRoutes(makeApi().app);
  const missing = served.filter((name) => !(name in ROUTES));
  const gone = Object.keys(ROUTES).filter((name) => !served.includes(name));
  expect(missing, 'add these to test/guard/support/routes.ts, with who may have their answer').toEqual([]);
  expect(gone, 'remove these from test/guard/support/routes.ts: the app serves them no more').toEqual([]);
});

it('what is about a job is for its owner alone, by its path', () => {
  const aboutJobs = Object.keys(ROUTES).filter((name) => name.includes('/v1/') && name.includes(':id'));
  expect(namesOf('own job').sort()).toEqual(aboutJobs.sort());
});

describe('without a valid key', () => {
  const WRONG: [string, string | null, Record<string, string>][] = [
    ['none', null, {}],
    ['a wrong one', 'key-of-nobody-0123456789', {}],
    ['one that is almost right', `${ALICE.slice(0, -1)}0`, {}],
    ['the first half of one', ALICE.slice(0, 12), {}],
    ['one with more behind it', `${ALICE}0`, {}],
    ['another case', ALICE.toUpperCase(), {}],
    ['two in one header', `${ALICE}, Bearer ${BOB}`, {}],
    ['Basic instead of Bearer', null, { Authorization: `Basic ${btoa(`alice:${ALICE}`)}` }],
    ['the bare key', null, { Authorization: ALICE }],
    ['the key in a header of another name', null, { 'X-Api-Key': ALICE }],
    ['a client’s name', 'alice', {}],
    ['the hash of a key', '8'.repeat(64), {}],
    ['a proxy’s word', null, { 'X-Forwarded-User': 'alice', 'X-Original-URL': '/health' }],
  ];

  it.each([...namesOf('any key'), ...namesOf('own job')])('%s is 401, whatever is sent', async (name) => {
    const api = makeApi();
    const { id } = await jobIn(await api.submit({ question: SECRET_TEXT }), 202);
    const callsBefore = api.storeOutage.calls.length;
    for (const [what, key, headers] of WRONG) {
      const response = await ask(api, name, id, { key, headers });
      const text = await response.text();
      expect(response.status, `${what}: ${text}`).toBe(401);
      expect(response.headers.get('WWW-Authenticate'), what).toMatch(/^Bearer/);
      expect(text, what).not.toContain(SECRET_TEXT);
    }
    const { method, pattern } = parseRoute(name);
    const inQuery = `${pathOf(pattern, id)}?api_key=${ALICE}&access_token=${ALICE}`;
    expect((await api.ask(inQuery, { method, key: null })).status).toBe(401);
    expect(api.storeOutage.calls.length, 'the store was read before the key was').toBe(callsBefore);
  });

  it.each(namesOf('anybody'))('%s is served, and reads no job', async (name) => {
    const api = makeApi();
    const { id } = await jobIn(await api.submit({ question: SECRET_TEXT }), 202);
    const before = api.storeOutage.calls.length;
    const response = await ask(api, name, id, { key: null });
    expect([200, 404]).toContain(response.status);
    expect(await response.text()).not.toContain(SECRET_TEXT);
    const read = api.storeOutage.calls.slice(before);
    expect(read.filter((call) => call !== 'ping')).toEqual([]);
  });
});

describe('another client’s job', () => {
  async function bobsJob() {
    const api = makeApi();
    const headers = { 'Idempotency-Key': 'bobs-key' };
    const { id } = await jobIn(await api.submit({ question: SECRET_TEXT }, headers, BOB), 202);
    await api.worker.succeed(id, SECRET_TEXT);
    return { api, id, before: await api.memoryStore.getJob(id) };
  }

  it.each(namesOf('own job'))('%s answers as if there were none', async (name) => {
    const { api, id, before } = await bobsJob();
    const others = await ask(api, name, id);
    const nobodys = await ask(api, name, UNKNOWN_ID);
    const texts = [await others.text(), await nobodys.text()];
    expect(others.status).toBe(nobodys.status);
    expect([204, 404]).toContain(others.status);
    const [told, untold] = texts.map((text) => text.replaceAll(/[0-9a-f]{32}/g, 'ID'));
    expect(told, 'the two answers differ: that tells that the job exists').toBe(untold);
    const names = (response: Response) => [...response.headers.keys()].sort();
    expect(names(others)).toEqual(names(nobodys));
    expect(await api.memoryStore.getJob(id), 'the job was changed').toEqual(before);
  });

  it('is in no list, no status, no cache and behind no Idempotency-Key but its owner’s', async () => {
    const { api, id } = await bobsJob();
    await jobIn(await api.submit({ question: 'Cached?', cache: true }, {}, BOB), 202).then(({ id: cached }) =>
      api.worker.succeed(cached, SECRET_TEXT),
    );
    const list = await (await api.ask('/v1/jobs')).json();
    expect(list).toMatchObject({ jobs: [] });
    for (const path of ['/v1/status', '/v1/providers', '/v1/jobs?status=succeeded']) {
      expect(await (await api.ask(path)).text(), path).not.toContain(SECRET_TEXT);
    }
    const sameKey = await api.submit({ question: SECRET_TEXT }, { 'Idempotency-Key': 'bobs-key' });
    expect(sameKey.headers.get('Idempotent-Replayed')).toBeNull();
    expect((await jobIn(sameKey, 202)).id).not.toBe(id);
    const sameQuestion = await jobIn(await api.submit({ question: 'Cached?', cache: true }), 202);
    expect(sameQuestion.cached_from).toBeNull();
  });

  it('is not reached by a cursor that its owner was given', async () => {
    const api = makeApi();
    for (let count = 0; count < 3; count += 1) {
      await jobIn(await api.submit({ question: SECRET_TEXT }, {}, BOB), 202);
    }
    const page = (await (await api.ask('/v1/jobs?limit=1', { key: BOB })).json()) as { next_cursor: string };
    expect(page.next_cursor).toBeTypeOf('string');
    const stolen = await api.ask(`/v1/jobs?cursor=${encodeURIComponent(page.next_cursor)}`);
    expect(await stolen.text()).not.toContain(SECRET_TEXT);
  });
});

it('a job’s id cannot be guessed from another, nor from the key that it was asked with', async () => {
  const api = makeApi();
  const ids = new Set<string>();
  for (let count = 0; count < 50; count += 1) ids.add((await jobIn(await api.submit(), 202)).id);
  expect(ids.size).toBe(50);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{32}$/);
  const keyed = async (key: string) =>
    (await jobIn(await api.submit({}, { 'Idempotency-Key': 'homework-1' }, key), 202)).id;
  expect(await keyed(ALICE)).not.toBe(await keyed(BOB));
});
