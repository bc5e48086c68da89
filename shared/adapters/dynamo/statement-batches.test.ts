import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type EmbeddedAws, startEmbeddedAws } from '../../../local/emulators/embedded-aws.ts';
import type { JobWrite } from '../../job/job-write.ts';
import type { JobRecord } from '../../job/record.ts';
import { claimWrite } from '../../job/transitions.ts';
import { type Store, StoreUnavailableError } from '../../ports/store.ts';
import { type AwsProxy, type Intercept, startAwsProxy } from '../conformance/aws-proxy.ts';
import { someJob } from '../conformance/fixtures.ts';
import { inCompany } from '../conformance/in-company.ts';
import { speakPartiql, withoutPartiql } from '../conformance/partiql.ts';
import { systemClock } from '../system/system-clock.ts';
import { createDynamoStore } from './dynamo-store.ts';

const BATCH = 'BatchExecuteStatement';

let embedded: EmbeddedAws;
let proxy: AwsProxy;
let store: Store;

beforeEach(async () => {
  embedded = await startEmbeddedAws();
  proxy = await startAwsProxy(embedded.aws.dynamodbEndpoint as string);
  proxy.intercept = speakPartiql;
  store = createDynamoStore({
    aws: { ...embedded.aws, dynamodbEndpoint: proxy.endpoint },
    clock: systemClock,
  });
});
afterEach(async () => {
  await store.close();
  await proxy.close();
  await embedded.close();
});

async function stored(count: number): Promise<JobRecord[]> {
  const jobs = Array.from({ length: count }, () => someJob(systemClock));
  await Promise.all(jobs.map((job) => store.createJob(job)));
  proxy.operations.length = 0;
  return jobs;
}

const claimOf = (job: JobRecord, owner = 'me') =>
  claimWrite(job, { owner, now: systemClock.now(), dueAt: systemClock.now(), attempts: {} });

const note = (job: JobRecord, text: string): JobWrite => ({
  id: job.id,
  require: [],
  set: [[['metadata', 'note'], text]],
  remove: [],
  revise: true,
});

/** Notes how many statements each batch has, and lets `answer` say what becomes of it. */
function watchBatches(answer: Intercept = speakPartiql): { sizes: number[] } {
  const sizes: number[] = [];
  proxy.intercept = (call) => {
    if (call.operation !== BATCH) return call.forward();
    sizes.push((call.input.Statements as unknown[]).length);
    return answer(call);
  };
  return { sizes };
}

describe('writes in batches', () => {
  it('writes and creates what comes together in calls of at most 25', async () => {
    const { sizes } = watchBatches();
    const jobs = await stored(60);
    const results = await Promise.all(jobs.map((job) => store.writeJob(claimOf(job))));
    expect(results.every(({ applied, job }) => applied && job.owner === 'me')).toBe(true);
    // The first is the probe.
    expect(sizes).toEqual([1, 25, 25, 10, 25, 25, 10]);
    expect(new Set(proxy.operations)).toEqual(new Set([BATCH]));
  });

  it('judges each write of a batch by itself', async () => {
    const jobs = await stored(6);
    await Promise.all(jobs.slice(0, 3).map((job) => store.writeJob(claimOf(job, 'another'))));
    const results = await Promise.all(jobs.map((job) => store.writeJob(claimOf(job))));
    expect(results.map(({ applied }) => applied)).toEqual([false, false, false, true, true, true]);
    expect(results.map(({ job }) => job?.owner)).toEqual(['another', 'another', 'another', 'me', 'me', 'me']);
  });

  it('does two writes of one job in order, in calls of their own', async () => {
    const [job, other] = (await stored(2)) as [JobRecord, JobRecord];
    const writes = [note(job, '1'), note(job, '2'), note(other, '1'), note(job, '3')];
    const results = await Promise.all(writes.map((write) => store.writeJob(write)));
    expect(results.map((result) => result.job?.metadata.note)).toEqual(['1', '2', '1', '3']);
    expect(results.map((result) => result.job?.revision)).toEqual([2, 3, 2, 4]);
    expect(proxy.operations).toEqual([BATCH, 'UpdateItem', 'UpdateItem']);
  });

  it('asks by itself for what comes alone', async () => {
    const [job] = (await stored(1)) as [JobRecord];
    await store.writeJob(claimOf(job));
    await store.createJob(someJob(systemClock));
    expect(proxy.operations).toEqual(['UpdateItem', 'PutItem']);
  });

  it('goes on with the next write of a job where one could not be done', async () => {
    const [job] = (await stored(1)) as [JobRecord];
    const impossible: JobWrite = { ...note(job, ''), set: [[['webhook', 'state'], 'pending']] };
    const [bad, good] = await Promise.allSettled([
      store.writeJob(impossible),
      store.writeJob(note(job, '1')),
    ]);
    expect(bad.status).toBe('rejected');
    expect(good).toMatchObject({ status: 'fulfilled', value: { applied: true } });
  });

  it.each([
    [BATCH, inCompany],
    ['UpdateItem', (alone: Store) => alone],
  ])('takes its result of a %s from what the writer knows, where nobody else wrote', async (operation, as) => {
    const [job] = (await stored(1)) as [JobRecord];
    const answers: string[] = [];
    proxy.intercept = async (call) => {
      const answered = await speakPartiql(call);
      if (call.operation === operation) answers.push(JSON.stringify(answered));
      return answered;
    };
    const writer = as(store);
    const first = (await writer.writeJob(claimOf(job), job)).job as JobRecord;
    const { job: second } = await writer.writeJob(note(job, 'x'.repeat(5000)), first);
    expect(answers).toHaveLength(2);
    expect(answers.join()).not.toContain(job.question);
    expect(answers.join()).not.toContain('xxx');
    expect(second).toEqual(await store.getJob(job.id));
  });

  it('takes its result from the table where somebody else wrote since the writer looked', async () => {
    const [job] = (await stored(1)) as [JobRecord];
    await store.writeJob(claimOf(job, 'another'));
    const result = await store.writeJob(note(job, 'late'), job);
    expect(result).toMatchObject({
      applied: true,
      job: { owner: 'another', metadata: { note: 'late' }, revision: 3 },
    });
    expect(result.job).toEqual(await store.getJob(job.id));
  });

  it('sends what does not fit in a statement by itself', async () => {
    const [job, other] = (await stored(2)) as [JobRecord, JobRecord];
    const many = Array.from({ length: 300 }, (_, n) => [['metadata', `key-${n}`], 'v'] as const);
    const result = await store.writeJob({ ...note(job, ''), set: many });
    expect(Object.keys(result.job?.metadata ?? {})).toHaveLength(302);
    const long = await store.writeJob(note(other, 'x'.repeat(200_000)));
    expect(long.job?.metadata.note).toHaveLength(200_000);
    expect(proxy.operations).toEqual(['UpdateItem', 'UpdateItem']);
  });
});

describe('what goes wrong', () => {
  it('knows its own writes again where the response of their batch was lost', async () => {
    const jobs = await stored(3);
    await store.writeJob(claimOf(jobs[2] as JobRecord, 'another'));
    let lost = false;
    watchBatches(async (call) => {
      const answered = await speakPartiql(call);
      if (lost) return answered;
      lost = true;
      return 'drop';
    });
    const results = await Promise.all(jobs.map((job) => store.writeJob(claimOf(job))));
    expect(results.map(({ applied, job }) => [applied, job?.owner])).toEqual([
      [true, 'me'],
      [true, 'me'],
      [false, 'another'],
    ]);
  });

  it('knows its own put again where the response of its batch was lost', async () => {
    await stored(1);
    let lost = false;
    watchBatches(async (call) => {
      const answered = await speakPartiql(call);
      if (lost) return answered;
      lost = true;
      return 'drop';
    });
    expect(await store.createJob(someJob(systemClock))).toEqual({ created: true });
  });

  it.each([
    'ThrottlingError',
    'ProvisionedThroughputExceeded',
    'InternalServerError',
  ])('asks again by itself for the one write that met a %s', async (Code) => {
    const jobs = await stored(3);
    watchBatches(async (call) => {
      const { status, output } = (await speakPartiql(call)) as { status: number; output: object };
      const { Responses } = output as { Responses: object[] };
      // An internal error may come after the write was done, the others come before it.
      return { status, output: { Responses: [Responses[0], { Error: { Code } }, Responses[2]] } };
    });
    const results = await Promise.all(jobs.map((job) => store.writeJob(claimOf(job))));
    const done = Code === 'InternalServerError';
    expect(results.map(({ applied }) => applied)).toEqual([true, done, true]);
    expect(proxy.operations.filter((operation) => operation === 'UpdateItem')).toHaveLength(1);
  });

  it('says unavailable of every write of a batch that the table does not answer', async () => {
    const jobs = await stored(2);
    watchBatches(() => ({
      status: 500,
      output: { __type: 'com.amazonaws.dynamodb.v20120810#InternalServerError', message: 'down' },
    }));
    const settled = await Promise.allSettled(jobs.map((job) => store.writeJob(claimOf(job))));
    for (const result of settled) {
      expect(result).toMatchObject({ status: 'rejected', reason: expect.any(StoreUnavailableError) });
    }
  });

  it('lets each write hear by itself what is wrong where a whole batch is not understood', async () => {
    const jobs = await stored(2);
    watchBatches(() => ({
      status: 400,
      output: { __type: 'com.amazon.coral.validate#ValidationException', message: 'duplicates' },
    }));
    const results = await Promise.all(jobs.map((job) => store.writeJob(claimOf(job))));
    expect(results.map(({ applied }) => applied)).toEqual([true, true]);
  });
});

describe('servers without batches of writes', () => {
  it.each<[string, Intercept]>([
    ['knows no such operation', withoutPartiql],
    ['does what it should refuse', () => ({ status: 200, output: { Responses: [{}] } })],
    [
      'refuses what it cannot read',
      () => ({ status: 200, output: { Responses: [{ Error: { Code: 'ValidationError' } }] } }),
    ],
  ])('is asked once where it %s, and then for one write at a time', async (_, answer) => {
    watchBatches(answer);
    const jobs = Array.from({ length: 3 }, () => someJob(systemClock));
    await Promise.all(jobs.map((job) => store.createJob(job)));
    const results = await Promise.all(jobs.map((job) => store.writeJob(claimOf(job))));
    expect(results.every(({ applied }) => applied)).toBe(true);
    expect(proxy.operations.filter((operation) => operation === BATCH)).toHaveLength(1);
  });

  it.each<[string, Intercept]>([
    [
      'as a whole',
      () => ({
        status: 400,
        output: { __type: 'com.amazonaws.dynamodb.v20120810#ThrottlingException', message: 'slow down' },
      }),
    ],
    [
      'for a statement',
      () => ({ status: 200, output: { Responses: [{ Error: { Code: 'ThrottlingError' } }] } }),
    ],
  ])('is asked again where it was only busy %s', async (_, answer) => {
    watchBatches(answer);
    const [first, second, third] = Array.from({ length: 3 }, () => someJob(systemClock)) as [
      JobRecord,
      JobRecord,
      JobRecord,
    ];
    await store.createJob(first);
    expect(proxy.operations.at(-1)).toBe('PutItem');
    watchBatches();
    await Promise.all([second, third].map((job) => store.createJob(job)));
    expect(proxy.operations.at(-1)).toBe(BATCH);
  });
});
