import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type EmbeddedAws, startEmbeddedAws } from '../../local/emulators/embedded-aws.ts';
import { NEEDED_ACTIONS } from '../../scripts/infra/proof/needed-actions.ts';
import { type AwsProxy, type Intercept, startAwsProxy } from '../../shared/adapters/conformance/aws-proxy.ts';
import { newId, someJob } from '../../shared/adapters/conformance/fixtures.ts';
import { speakPartiql } from '../../shared/adapters/conformance/partiql.ts';
import { createDynamoStore } from '../../shared/adapters/dynamo/dynamo-store.ts';
import { createSqsQueue } from '../../shared/adapters/sqs/sqs-queue.ts';
import { systemClock } from '../../shared/adapters/system/system-clock.ts';
import type { JobRecord } from '../../shared/job/record.ts';
import { claimWrite } from '../../shared/job/transitions.ts';
import type { Queue } from '../../shared/ports/queue.ts';
import type { Store } from '../../shared/ports/store.ts';
import { createEcsAgent } from '../../worker/protection/ecs-agent.ts';
import { startFakeEcsAgent } from '../../worker/testing/fake-ecs-agent.ts';

const ROOT = join(import.meta.dirname, '../..');
/** What both services run beside their own folders. */
const SHARED_CALLERS = ['shared/job/send-job.ts', 'shared/job/settle-overdue.ts'];
const DAY = '2026-01-01';

let embedded: EmbeddedAws;
let tableProxy: AwsProxy;
let queueProxy: AwsProxy;
let store: Store;
let queue: Queue;

beforeAll(async () => {
  embedded = await startEmbeddedAws();
  tableProxy = await startAwsProxy(embedded.aws.dynamodbEndpoint as string);
  tableProxy.intercept = permitStatements;
  queueProxy = await startAwsProxy(embedded.aws.sqsEndpoint as string);
  const aws = {
    ...embedded.aws,
    dynamodbEndpoint: tableProxy.endpoint,
    sqsEndpoint: queueProxy.endpoint,
  };
  store = createDynamoStore({ aws, clock: systemClock });
  queue = createSqsQueue({ aws });
});
afterAll(async () => {
  await Promise.all([store.close(), queue.close()]);
  await Promise.all([tableProxy.close(), queueProxy.close(), embedded.close()]);
});

/** Whether the table is too busy for batched statements, so that each is asked for in the old way. */
let isBusy = false;

/** Notes each statement of a batch by the action that permits it: the batch itself needs none. */
const permitStatements: Intercept = (call) => {
  if (call.operation !== 'BatchExecuteStatement') return call.forward();
  const statements = call.input.Statements as { Statement: string }[];
  tableProxy.operations.pop();
  for (const { Statement } of statements) {
    tableProxy.operations.push(Statement.startsWith('INSERT') ? 'PartiQLInsert' : 'PartiQLUpdate');
  }
  const busy = { Error: { Code: 'ThrottlingError' } };
  return isBusy ? { status: 200, output: { Responses: statements.map(() => busy) } } : speakPartiql(call);
};

/** What comes together goes as statements. */
async function createTwo(): Promise<[JobRecord, JobRecord]> {
  const jobs: [JobRecord, JobRecord] = [someJob(systemClock), someJob(systemClock)];
  await Promise.all(jobs.map((job) => store.createJob(job)));
  return jobs;
}

/** Each method of the store, on the way where it asks the most. */
const STORE_CALLS: Record<Exclude<keyof Store, 'close'>, () => Promise<unknown>> = {
  createJob: async () => {
    for (isBusy of [true, false]) {
      const [job, other] = await createTwo();
      await Promise.all([job, other].map((one) => store.createJob({ ...one, create_token: newId() })));
    }
  },
  getJob: () => store.getJob(newId()),
  getJobs: () => store.getJobs([newId()]),
  writeJob: async () => {
    const jobs = await createTwo();
    tableProxy.operations.length = 0;
    const now = systemClock.now();
    const claims = jobs.map((job) => claimWrite(job, { owner: 'a', now, dueAt: now, attempts: {} }));
    for (isBusy of [true, false]) await Promise.all(claims.map((claim) => store.writeJob(claim)));
  },
  deleteUnclaimedJob: () => store.deleteUnclaimedJob(newId()),
  listJobs: () => store.listJobs('client', { limit: 1 }),
  dueJobs: () => store.dueJobs(0, 1),
  putPresence: () =>
    store.putPresence({
      id: 'a',
      started_at: 0,
      seen_at: systemClock.now(),
      expires_at: 9_999_999_999,
      jobs: [],
      slots: { total: 1, busy: 0 },
      providers: [],
    }),
  getPresence: () => store.getPresence('a'),
  listPresences: () => store.listPresences(),
  countQuestion: () => store.countQuestion('a', DAY, 1),
  uncountQuestion: () => store.uncountQuestion('a', DAY),
  getCached: () => store.getCached('a', 'b'),
  putCached: () => store.putCached('a', 'b', { jobId: newId(), expiresAt: 9_999_999_999 }),
  ping: () => store.ping(),
};

const QUEUE_CALLS: Record<Exclude<keyof Queue, 'close'>, () => Promise<unknown>> = {
  send: () => queue.send('a'),
  receive: () => queue.receive(1, 0, 30),
  ack: () => queue.ack('receipt').catch(() => {}),
  extend: () => queue.extend('receipt', 1),
  sendDeadLetter: () => queue.sendDeadLetter('a', 'b'),
  depth: () => queue.depth(),
};

/** Of `methods`, those of a port that a service's sources call. */
function methodsCalled(service: string, port: 'store' | 'queue', methods: string[]): string[] {
  const files = globSync(`${service}/**/*.ts`, { cwd: ROOT, exclude: ['**/*.test.ts', '**/testing/**'] });
  const text = [...files, ...SHARED_CALLERS].map((file) => readFileSync(join(ROOT, file), 'utf8')).join('\n');
  return methods.filter((method) => new RegExp(`\\b${port}\\.${method}\\(`).test(text));
}

async function actionsOf(
  service: string,
  port: 'store' | 'queue',
  calls: Record<string, () => Promise<unknown>>,
): Promise<Map<string, string[]>> {
  const [proxy, prefix] = port === 'store' ? [tableProxy, 'dynamodb'] : [queueProxy, 'sqs'];
  const found = new Map<string, string[]>();
  for (const method of methodsCalled(service, port, Object.keys(calls))) {
    proxy.operations.length = 0;
    await calls[method]?.();
    // A batch is permitted by the action of the single call; DynamoDB's batch of reads is an action of its own.
    found.set(
      method,
      proxy.operations.map((name) => `${prefix}:${port === 'queue' ? name.replace(/Batch$/, '') : name}`),
    );
  }
  return found;
}

function sorted(actions: Iterable<string>): string[] {
  return [...new Set(actions)].sort();
}

it.each(['api', 'worker'] as const)('allows the %s what its code asks of the table', async (service) => {
  const actions = sorted([...(await actionsOf(service, 'store', STORE_CALLS)).values()].flat());
  const needed = NEEDED_ACTIONS[service];
  expect(sorted([...needed.table, ...needed.index])).toEqual(actions);
});

it.each(['api', 'worker'] as const)('allows the %s what its code asks of the queues', async (service) => {
  const byMethod = await actionsOf(service, 'queue', QUEUE_CALLS);
  const deadLetters = sorted(byMethod.get('sendDeadLetter') ?? []);
  byMethod.delete('sendDeadLetter');
  expect(sorted(NEEDED_ACTIONS[service].queue)).toEqual(sorted([...byMethod.values()].flat()));
  expect(sorted(NEEDED_ACTIONS[service].deadLetters)).toEqual(deadLetters);
});

/** What ECS's agent calls in the task's name, by what it is asked. */
const AGENT_CALLS: Record<string, string> = {
  'PUT /task-protection/v1/state': 'ecs:UpdateTaskProtection',
  'GET /task-protection/v1/state': 'ecs:GetTaskProtection',
};

it("allows the worker what it asks of ECS's agent", async () => {
  const agent = await startFakeEcsAgent();
  try {
    const setProtection = createEcsAgent(agent.uri, fetch);
    for (const protectedNow of [true, false]) await setProtection(protectedNow);
    const { pathname } = new URL(agent.uri);
    const asked = agent.calls.map(({ method, path = '' }) => `${method} ${path.replace(pathname, '')}`);
    expect(NEEDED_ACTIONS.worker.ownTask).toEqual(sorted(asked.map((call) => AGENT_CALLS[call] ?? call)));
  } finally {
    await agent.close();
  }
});
