import { createDynamoStore } from '../../shared/adapters/dynamo/dynamo-store.ts';
import { createSqsQueue } from '../../shared/adapters/sqs/sqs-queue.ts';
import { systemClock } from '../../shared/adapters/system/system-clock.ts';
import { formatJobMessage } from '../../shared/contract/message.ts';
import type { JobRecord } from '../../shared/job/record.ts';
import { messageOf } from '../../shared/job/untouched-job.ts';
import type { Queue } from '../../shared/ports/queue.ts';
import type { Store } from '../../shared/ports/store.ts';
import type { Row } from '../report/row.ts';
import { quantile, sampleOf } from '../report/sample.ts';
import { benchJob } from '../stage/bench-job.ts';
import { followJob, type Step } from '../stage/follow-job.ts';
import { question } from '../stage/measured-questions.ts';
import { panelOf, type Stage } from '../stage/stage.ts';
import type { Benchmark, RunOptions } from './benchmark.ts';

const PROVIDERS = 3;
const JOBS = 60;
const PUTS_AT_ONCE = 500;
const VISIBILITY_SECONDS = 60;

type Times = Map<string, number[]>;

const timing =
  (times: Times): Step =>
  async (step, call) => {
    const startedAt = systemClock.monotonic();
    const result = await call();
    const taken = systemClock.monotonic() - startedAt;
    times.set(step, [...(times.get(step) ?? []), taken]);
    return result;
  };

function makeJob(index: number): JobRecord {
  return benchJob(question(index, 0), panelOf(PROVIDERS));
}

/** What a question asks of queue and table, one after the other, with nothing else going on. */
async function follow(store: Store, queue: Queue, step: Step, index: number): Promise<void> {
  const job = makeJob(index);
  await followJob(store, job, step, async () => {
    await step('send it', () => queue.send(formatJobMessage(messageOf(job))));
    // It stays in flight: to wait for its deletion would let everything cool down.
    await step('receive it', () => queue.receive(1, 1, VISIBILITY_SECONDS));
  });
}

async function putAtOnce(store: Store, count: number): Promise<number> {
  const jobs = Array.from({ length: count }, (_, index) => makeJob(index));
  const startedAt = systemClock.monotonic();
  await Promise.all(jobs.map((job) => store.createJob(job)));
  return systemClock.monotonic() - startedAt;
}

async function run(stage: Stage, options: RunOptions): Promise<Row[]> {
  const lane = await stage.lane();
  await using store = closing(createDynamoStore({ aws: lane, clock: systemClock }));
  await using queue = closing(createSqsQueue({ aws: lane }));
  const steps = new Map<string, number[]>();
  const puts: number[] = [];
  const count = options.scale(PUTS_AT_ONCE);
  for (let round = 0; round <= options.runs; round += 1) {
    const times: Times = new Map();
    for (let index = 0; index < options.scale(JOBS); index += 1)
      await follow(store, queue, timing(times), index);
    const putMs = await putAtOnce(store, count);
    if (round === 0) continue;
    puts.push(putMs);
    for (const [step, taken] of times) steps.set(step, [...(steps.get(step) ?? []), quantile(taken, 0.5)]);
  }
  const row = { benchmark: roundTrips.name, unit: 'ms', notes: [] };
  const sums = puts.map((_, round) => [...steps.values()].reduce((sum, runs) => sum + (runs[round] ?? 0), 0));
  return [
    ...[...steps].map(([what, medians]) => ({ ...row, what, ours: sampleOf(medians) })),
    { ...row, what: 'all of these, one after the other', ours: sampleOf(sums) },
    { ...row, what: `put ${count} jobs at once`, ours: sampleOf(puts) },
  ];
}

/** Ends with its block. */
function closing<Port extends { close(): Promise<void> }>(port: Port): Port & AsyncDisposable {
  return Object.assign(port, { [Symbol.asyncDispose]: () => port.close() });
}

export const roundTrips: Benchmark = {
  name: 'round-trips',
  about: 'how long queue and table take for each step of a question, with nothing else going on',
  run,
};
