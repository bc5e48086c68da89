import { afterEach, beforeEach, expect, it } from 'vitest';
import { type EmbeddedAws, startEmbeddedAws } from '../../../local/emulators/embedded-aws.ts';
import { claimWrite } from '../../job/transitions.ts';
import { type Store, StoreUnavailableError } from '../../ports/store.ts';
import { type AwsProxy, type Intercept, startAwsProxy } from '../conformance/aws-proxy.ts';
import { newId, someJob } from '../conformance/fixtures.ts';
import { systemClock } from '../system/system-clock.ts';
import { createDynamoStore } from './dynamo-store.ts';
import { toItem } from './row.ts';

let embedded: EmbeddedAws;
let proxy: AwsProxy;
let store: Store;

beforeEach(async () => {
  embedded = await startEmbeddedAws();
  proxy = await startAwsProxy(embedded.aws.dynamodbEndpoint as string);
  const aws = { ...embedded.aws, dynamodbEndpoint: proxy.endpoint };
  store = createDynamoStore({ aws, clock: systemClock });
});
afterEach(async () => {
  await store.close();
  await proxy.close();
  await embedded.close();
});

/** Does the first call of an operation, and loses its response. */
function losingFirst(operation: string): Intercept {
  let lost = false;
  return async (call) => {
    const answered = await call.forward();
    if (lost || call.operation !== operation) return answered;
    lost = true;
    return 'drop';
  };
}

const claimOf = (job: ReturnType<typeof someJob>, owner: string) =>
  claimWrite(job, { owner, now: systemClock.now(), dueAt: systemClock.now(), attempts: {} });

it('knows its own put again where the response was lost', async () => {
  const job = someJob(systemClock);
  proxy.intercept = losingFirst('PutItem');
  expect(await store.createJob(job)).toEqual({ created: true });
  expect(proxy.operations.filter((operation) => operation === 'PutItem')).toHaveLength(2);
});

it('knows its own write again where the response was lost', async () => {
  const job = someJob(systemClock);
  await store.createJob(job);
  proxy.intercept = losingFirst('UpdateItem');
  const result = await store.writeJob(claimOf(job, 'me'));
  expect(result).toMatchObject({ applied: true, job: { owner: 'me', fence: 1, revision: 2 } });
});

it('takes nobody else’s write for its own, though its own was repeated', async () => {
  const job = someJob(systemClock);
  await store.createJob(job);
  const other = createDynamoStore({ aws: embedded.aws, clock: systemClock });
  let first = true;
  proxy.intercept = async ({ operation, forward }) => {
    if (operation !== 'UpdateItem' || !first) return forward();
    first = false;
    await other.writeJob(claimOf(job, 'another'));
    return 'drop';
  };
  const result = await store.writeJob(claimOf(job, 'me'));
  await other.close();
  expect(result).toMatchObject({ applied: false, job: { owner: 'another' } });
});

it('refuses an equal write that came second, where nothing was lost', async () => {
  const job = someJob(systemClock);
  await store.createJob(job);
  const write = claimOf(job, 'me');
  expect((await store.writeJob(write)).applied).toBe(true);
  expect((await store.writeJob(write)).applied).toBe(false);
});

it('reads what is asked for together in one call, and what comes meanwhile in the next', async () => {
  const jobs = Array.from({ length: 30 }, () => someJob(systemClock));
  await Promise.all(jobs.map((job) => store.createJob(job)));
  proxy.operations.length = 0;
  const read = await Promise.all(jobs.map((job) => store.getJob(job.id)));
  expect(read.map((job) => job?.id)).toEqual(jobs.map((job) => job.id));
  expect(proxy.operations).toEqual(['BatchGetItem']);
});

it('asks again for the keys that the table left unread', async () => {
  const jobs = Array.from({ length: 9 }, () => someJob(systemClock));
  await Promise.all(jobs.map((job) => store.createJob(job)));
  proxy.operations.length = 0;
  const table = embedded.aws.tableName;
  proxy.intercept = async ({ operation, input, forward }) => {
    if (operation !== 'BatchGetItem') return forward();
    const request = (input.RequestItems as Record<string, { Keys: object[] }>)[table];
    const [first, ...unread] = request?.Keys ?? [];
    const { status, output } = await forward({ RequestItems: { [table]: { ...request, Keys: [first] } } });
    const UnprocessedKeys = unread.length > 0 ? { [table]: { ...request, Keys: unread } } : {};
    return { status, output: { ...output, UnprocessedKeys } };
  };
  const read = await store.getJobs(jobs.map((job) => job.id));
  expect(read).toEqual(jobs);
  expect(proxy.operations).toHaveLength(jobs.length);
});

it('counts the questions of a client that come together in one write', async () => {
  const day = '2026-11-22';
  const asked = (client: string, times: number) =>
    Array.from({ length: times }, () => store.countQuestion(client, day, 20));
  const counted = await Promise.all([...asked('one', 15), ...asked('other', 20)]);
  expect(counted.every(Boolean)).toBe(true);
  expect(proxy.operations).toEqual(['UpdateItem', 'UpdateItem']);
  const more = await Promise.all(asked('one', 9));
  expect(more.filter(Boolean)).toHaveLength(5);
  expect(await Promise.all(asked('other', 2))).toEqual([false, false]);
});

it('says of each question of a group that it could not be counted', async () => {
  proxy.intercept = () => ({ status: 500, output: { __type: 'InternalServerError' } });
  const counts = ['a', 'a', 'b'].map((client) => store.countQuestion(client, '2026-11-22', 20));
  for (const settled of await Promise.allSettled(counts)) {
    expect(settled).toMatchObject({ status: 'rejected', reason: expect.any(StoreUnavailableError) });
  }
});

it('reads on where the index answers in parts', async () => {
  const jobs = Array.from({ length: 7 }, () => someJob(systemClock, { client: 'one' }));
  await Promise.all(jobs.map((job) => store.createJob(job)));
  proxy.intercept = ({ operation, input, forward }) =>
    forward(operation === 'Query' ? { ...input, Limit: 2 } : input);
  const { jobs: listed, cursor } = await store.listJobs('one', { limit: 7 });
  expect(new Set(listed.map(({ id }) => id))).toEqual(new Set(jobs.map(({ id }) => id)));
  expect(cursor).toBeUndefined();
});

it('gives up a page, not its place in the list, where what is looked for is too rare', async () => {
  let rows = 0;
  proxy.intercept = async ({ operation, input }) => {
    if (operation === 'Query') {
      const Items = Array.from({ length: 100 }, () => ({ pk: { S: `JOB#${newId()}` } }));
      return { status: 200, output: { Items, LastEvaluatedKey: { pk: { S: 'more' } } } };
    }
    const [[table, { Keys }]] = Object.entries(input.RequestItems as Record<string, { Keys: object[] }>) as [
      [string, { Keys: { pk: { S: string } }[] }],
    ];
    const found = Keys.map(({ pk }) => toItem({ ...someJob(systemClock), pk: pk.S, id: pk.S.slice(4) }));
    rows += found.length;
    return { status: 200, output: { Responses: { [table]: found } } };
  };
  const { jobs, cursor } = await store.listJobs('one', { limit: 7, status: 'failed' });
  expect([jobs, typeof cursor]).toEqual([[], 'string']);
  expect(rows).toBeLessThanOrEqual(1100);
});

it('says unavailable where the table leaves keys unread for good', async () => {
  proxy.intercept = ({ input }) => ({
    status: 200,
    output: { Responses: {}, UnprocessedKeys: input.RequestItems },
  });
  await expect(store.getJob(newId())).rejects.toThrow(
    'the store is unavailable while reading: it is overloaded',
  );
});

it('says unavailable, and what it was doing, where the table answers with errors', async () => {
  proxy.intercept = () => ({
    status: 500,
    output: { __type: 'com.amazonaws.dynamodb.v20120810#InternalServerError', message: 'down' },
  });
  const job = someJob(systemClock);
  await expect(store.createJob(job)).rejects.toThrow(StoreUnavailableError);
  await expect(store.writeJob(claimOf(job, 'me'))).rejects.toThrow('unavailable while writing a job: down');
  await expect(store.ping()).rejects.toThrow(StoreUnavailableError);
});

it('says unavailable where nothing listens', async () => {
  const aws = { ...embedded.aws, dynamodbEndpoint: 'http://127.0.0.1:1' };
  const unreachable = createDynamoStore({ aws, clock: systemClock });
  await expect(unreachable.getJob(newId())).rejects.toThrow(StoreUnavailableError);
  await expect(unreachable.dueJobs(1, 1)).rejects.toThrow(StoreUnavailableError);
  await unreachable.close();
});
