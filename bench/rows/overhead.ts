import { systemClock } from '../../shared/adapters/system/system-clock.ts';
import type { Row } from '../report/row.ts';
import { quantile, sampleOf } from '../report/sample.ts';
import { startOurApi } from '../stage/api-lane.ts';
import { EndedJobs } from '../stage/ended-jobs.ts';
import type { Stage } from '../stage/stage.ts';
import { submission } from '../stage/submission.ts';
import type { Benchmark, RunOptions } from './benchmark.ts';

const PROVIDERS = 3;
const LATENCY_MS = 200;
const PER_SECOND = 60;
const SLOTS = 200;
const SUBMIT_TRIES = 10;

/** As a client does, again where it is told so: the time that takes is part of what is measured. */
async function submit(origin: string, index: number): Promise<string> {
  for (let tries = 1; ; tries += 1) {
    const { path, ...request } = submission(index, LATENCY_MS);
    const response = await fetch(`${origin}${path}`, request);
    const job = (await response.json()) as { id: string };
    if (response.status === 202) return job.id;
    if (response.status !== 503 || tries === SUBMIT_TRIES) {
      throw new Error(`submit ${index}: ${response.status} ${JSON.stringify(job)}`);
    }
    await systemClock.sleep(1000 * Number(response.headers.get('retry-after') ?? 1));
  }
}

/** Submits at a steady rate, however slow the answers are; returns each job's milliseconds beyond its providers. */
async function measure(origin: string, ended: EndedJobs, jobs: number): Promise<number[]> {
  const startedAt = systemClock.monotonic();
  const overheads: Promise<number>[] = [];
  for (let index = 0; index < jobs; index += 1) {
    await systemClock.sleep(Math.max(0, startedAt + (index * 1000) / PER_SECOND - systemClock.monotonic()));
    const submittedAt = systemClock.now();
    overheads.push(
      submit(origin, index)
        .then((id) => ended.at(id))
        .then((endedAt) => endedAt - submittedAt - LATENCY_MS),
    );
  }
  return Promise.all(overheads);
}

async function run(stage: Stage, options: RunOptions): Promise<Row[]> {
  const lane = await stage.lane();
  const ended = new EndedJobs();
  await using api = await startOurApi(stage, lane, PROVIDERS);
  await using worker = stage.ours('worker/main.ts', lane, PROVIDERS, {
    env: { WORKER_CONCURRENCY: String(SLOTS), PROVIDER_CONCURRENCY: String(SLOTS) },
    onLine: ended.onLine,
  });
  const jobs = options.scale(600);
  const watch = stage.watchLimits();
  const runs: number[][] = [];
  await worker.meet(measure(api.origin, ended, jobs));
  for (let round = 1; round <= options.runs; round += 1) {
    const overheads = await watch.during(() => worker.meet(measure(api.origin, ended, jobs)));
    runs.push(overheads);
    options.say(`run ${round}: p50 ${quantile(overheads, 0.5)} ms, p99 ${quantile(overheads, 0.99)} ms`);
  }
  const at = (q: number) => sampleOf(runs.map((values) => quantile(values, q)));
  const row = { benchmark: overhead.name, unit: 'ms', notes: watch.notes() };
  return [
    {
      ...row,
      what: `submit to visible at ${PER_SECOND}/s, p50`,
      ours: at(0.5),
      bar: { gate: 15, moonshot: 5, better: 'lower' },
    },
    {
      ...row,
      what: 'p99',
      ours: at(0.99),
      bar: { gate: 60, moonshot: 15, better: 'lower' },
      notes: [],
    },
  ];
}

export const overhead: Benchmark = {
  name: 'overhead',
  about: 'what api, queue, worker and store add to the providers of a question',
  run,
};
