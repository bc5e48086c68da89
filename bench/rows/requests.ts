import { systemClock } from '../../shared/adapters/system/system-clock.ts';
import { type CallCount, isRead, isWrite } from '../processes/count-call.ts';
import type { Row } from '../report/row.ts';
import { sampleOf } from '../report/sample.ts';
import { startOurApi } from '../stage/api-lane.ts';
import { question } from '../stage/measured-questions.ts';
import { startCountingProxy } from '../stage/servers.ts';
import type { Stage } from '../stage/stage.ts';
import type { Benchmark, RunOptions } from './benchmark.ts';

const PROVIDERS = 3;
const WAIT_SECONDS = 30;
/** Apart enough that no answer shares a write with another by chance. */
const LATENCY_MS = 150;
const STEP_MS = 150;
const SETTLE_MS = 500;
/** What the estimate of what a question costs on AWS counts with. */
const WRITE_UNITS = 25;
const READ_UNITS = 7.5;

type Counts = Record<string, CallCount>;

/** One question as a client asks it: submit, then wait for the end. */
async function ask(origin: string, index: number): Promise<void> {
  const submitted = await fetch(`${origin}/v1/jobs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ question: question(index, LATENCY_MS, STEP_MS), mode: 'thorough', cache: false }),
  });
  const { id } = (await submitted.json()) as { id: string };
  const waited = await fetch(`${origin}/v1/jobs/${id}`, { headers: { prefer: `wait=${WAIT_SECONDS}` } });
  const { status } = (await waited.json()) as { status: string };
  if (status !== 'succeeded') throw new Error(`question ${index} ended ${status}`);
}

function sum(counts: Counts, field: keyof CallCount, isCounted: (what: string) => boolean): number {
  return Object.entries(counts)
    .filter(([what]) => isCounted(what))
    .reduce((total, [, count]) => total + count[field], 0);
}

const operationOf = (what: string): string => what.split(' ')[0] ?? '';
const writesJob = (what: string): boolean => isWrite(operationOf(what)) && what.endsWith(' JOB');

function list(counts: Counts, questions: number): string {
  return Object.entries(counts)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([what, { requests }]) => `${what} ${(requests / questions).toFixed(2)}`)
    .join(', ');
}

/** What time causes and not a question: polls that bring nothing, and the sweeper's look at the queue. */
function isIdle(what: string): boolean {
  return what === 'ReceiveMessage, empty' || what === 'GetQueueAttributes';
}

async function run(stage: Stage, options: RunOptions): Promise<Row[]> {
  await using apiSqs = await startCountingProxy(stage.queue.address);
  await using workerSqs = await startCountingProxy(stage.queue.address);
  await using dynamodb = await startCountingProxy(stage.store.address);
  const lane = { ...(await stage.lane()), dynamodbEndpoint: dynamodb.address };
  await using api = await startOurApi(stage, { ...lane, sqsEndpoint: apiSqs.address }, PROVIDERS);
  await using worker = stage.ours('worker/main.ts', { ...lane, sqsEndpoint: workerSqs.address }, PROVIDERS);
  await worker.meet(ask(api.origin, 0));
  const proxies = [apiSqs, workerSqs, dynamodb];
  await Promise.all(proxies.map((proxy) => proxy.take()));
  const questions = options.scale(15);
  for (let index = 1; index <= questions; index += 1) await worker.meet(ask(api.origin, index));
  // The last message is deleted after its job has ended.
  await systemClock.sleep(SETTLE_MS);
  const [submits = {}, messages = {}, store = {}] = await Promise.all(proxies.map((proxy) => proxy.take()));
  const each = (total: number) => sampleOf([total / questions]);
  const row = { benchmark: requests.name, unit: 'a question', notes: [] };
  const caused = sum(submits, 'requests', () => true) + sum(messages, 'requests', (what) => !isIdle(what));
  return [
    {
      ...row,
      what: 'SQS requests',
      ours: each(caused),
      bar: { gate: 4, better: 'lower' },
      notes: [`api: ${list(submits, questions)}`, `worker: ${list(messages, questions)}`],
    },
    {
      ...row,
      what: 'writes of the job item',
      ours: each(sum(store, 'rows', writesJob)),
      bar: { gate: 7, better: 'lower' },
      notes: [list(store, questions)],
    },
    {
      ...row,
      what: 'write units',
      ours: each(sum(store, 'units', (what) => isWrite(operationOf(what)))),
      against: { who: 'estimated cost', value: sampleOf([WRITE_UNITS]) },
      notes: ['units of batched statements are those of their rows, without the indexes'],
    },
    {
      ...row,
      what: 'read units',
      ours: each(sum(store, 'units', (what) => isRead(operationOf(what)))),
      against: { who: 'estimated cost', value: sampleOf([READ_UNITS]) },
    },
  ];
}

export const requests: Benchmark = {
  name: 'requests',
  about: 'requests to SQS and DynamoDB for a question of three providers and a merging model, asked alone',
  run,
};
