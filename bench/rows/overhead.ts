import { Pool } from 'undici';
import { systemClock } from '../../shared/adapters/system/system-clock.ts';
import type { Row } from '../report/row.ts';
import { quantile, sampleOf } from '../report/sample.ts';
import { type ApiLane, startOurApi, startPlainApi } from '../stage/api-lane.ts';
import { EndedJobs } from '../stage/ended-jobs.ts';
import type { NodeProcess } from '../stage/node-process.ts';
import type { Stage } from '../stage/stage.ts';
import { submission } from '../stage/submission.ts';
import type { Benchmark, RunOptions } from './benchmark.ts';
import { type Contender, interleave } from './interleave.ts';

const PROVIDERS = 3;
const LATENCY_MS = 200;
const PER_SECOND = 60;
const SLOTS = 200;
const SUBMIT_TRIES = 10;

/** As a client does, again where it is told so: the time that takes is part of what is measured. */
async function submit(clients: Pool, index: number): Promise<string> {
  for (let tries = 1; ; tries += 1) {
    const { statusCode, headers, body } = await clients.request(submission(index, LATENCY_MS));
    const job = (await body.json()) as { id: string };
    if (statusCode === 202) return job.id;
    if (statusCode !== 503 || tries === SUBMIT_TRIES) {
      throw new Error(`submit ${index}: ${statusCode} ${JSON.stringify(job)}`);
    }
    await systemClock.sleep(1000 * Number(headers['retry-after'] ?? 1));
  }
}

/** Submits at a steady rate, however slow the answers are; returns each job's milliseconds beyond its providers. */
async function measure(clients: Pool, ended: EndedJobs, jobs: number): Promise<number[]> {
  const startedAt = systemClock.monotonic();
  const overheads: Promise<number>[] = [];
  for (let index = 0; index < jobs; index += 1) {
    await systemClock.sleep(Math.max(0, startedAt + (index * 1000) / PER_SECOND - systemClock.monotonic()));
    const submittedAt = systemClock.now();
    overheads.push(
      submit(clients, index)
        .then((id) => ended.at(id))
        .then((endedAt) => endedAt - submittedAt - LATENCY_MS),
    );
  }
  return Promise.all(overheads);
}

/** An API, a worker behind it, and what tells when a job's end can be read. */
interface System extends AsyncDisposable {
  name: string;
  /** Of whoever asks: the cheapest there are, as what they cost is not the system's. */
  clients: Pool;
  worker: NodeProcess;
  ended: EndedJobs;
}

async function openOurs(stage: Stage): Promise<System> {
  const lane = await stage.lane();
  const ended = new EndedJobs();
  const api = await startOurApi(stage, lane, PROVIDERS);
  const env = { WORKER_CONCURRENCY: String(SLOTS), PROVIDER_CONCURRENCY: String(SLOTS) };
  const worker = stage.ours('worker/main.ts', lane, PROVIDERS, { env, onLine: ended.onLine });
  return systemOf('ours', api, worker, ended);
}

async function openPlain(stage: Stage): Promise<System> {
  const lane = await stage.lane();
  const ended = new EndedJobs();
  const api = await startPlainApi(stage, lane);
  const env = { SLOTS: String(SLOTS), TELLS_ENDS: '1' };
  const worker = stage.peer('bench/peers/plain-worker.ts', lane, env, { onLine: ended.onLine });
  return systemOf('plain SDK', api, worker, ended);
}

function systemOf(name: string, api: ApiLane, worker: NodeProcess, ended: EndedJobs): System {
  const clients = new Pool(api.origin);
  return {
    name,
    clients,
    worker,
    ended,
    [Symbol.asyncDispose]: async () => {
      await clients.destroy();
      await Promise.all([api, worker].map((process) => process[Symbol.asyncDispose]()));
    },
  };
}

async function run(stage: Stage, options: RunOptions): Promise<Row[]> {
  await using ours = await openOurs(stage);
  await using plain = await openPlain(stage);
  const jobs = options.scale(300);
  const watch = stage.watchLimits();
  const contender = ({ name, clients, worker, ended }: System): Contender<number[]> => ({
    name,
    run: () => worker.meet(measure(clients, ended, jobs)),
    describe: (overheads) =>
      `p50 ${Math.round(quantile(overheads, 0.5))} ms, p99 ${Math.round(quantile(overheads, 0.99))} ms`,
  });
  const [mine = [], theirs = []] = await interleave([contender(ours), contender(plain)], options, watch);
  const at = (q: number): Pick<Row, 'ours' | 'against'> => ({
    ours: sampleOf(mine.map((values) => quantile(values, q))),
    against: {
      who: 'by hand on the plain SDK',
      value: sampleOf(theirs.map((values) => quantile(values, q))),
    },
  });
  const row = { benchmark: overhead.name, unit: 'ms' };
  return [
    {
      ...row,
      ...at(0.5),
      what: `submit to visible at ${PER_SECOND}/s, p50`,
      bar: { gate: 15, moonshot: 5, better: 'lower' },
      notes: watch.notes(),
    },
    { ...row, ...at(0.99), what: 'p99', bar: { gate: 60, moonshot: 15, better: 'lower' }, notes: [] },
  ];
}

export const overhead: Benchmark = {
  name: 'overhead',
  about: 'what api, queue, worker and store add to the providers of a question, ours and by hand',
  run,
};
