import { systemClock } from '../../shared/adapters/system/system-clock.ts';
import type { Row } from '../report/row.ts';
import { sampleOf } from '../report/sample.ts';
import { makeCertificate } from '../stage/certificate.ts';
import { Load } from '../stage/load.ts';
import { question, spreadQuestions } from '../stage/measured-questions.ts';
import type { NodeProcess } from '../stage/node-process.ts';
import { startProviderServer } from '../stage/servers.ts';
import { panelOf, type Stage } from '../stage/stage.ts';
import type { Benchmark, RunOptions } from './benchmark.ts';

const PROVIDERS = 3;
const JOBS = 1500;
/** Longer than it takes to begin them all. */
const HELD_MS = 90_000;
const BEGIN_MS = 80_000;
const LOOK_MS = 250;
const WARM_MS = 120_000;

/** The highest memory seen until every call of every job is under way, and a while after. */
async function rssInFlight(
  worker: NodeProcess,
  calls: number,
  underWay: () => Promise<number>,
): Promise<number> {
  let highest = 0;
  const limit = systemClock.monotonic() + BEGIN_MS;
  for (let steady = 0; steady < 8; ) {
    highest = Math.max(highest, (await worker.usage()).rssMb);
    if ((await underWay()) >= calls) steady += 1;
    if (systemClock.monotonic() > limit)
      throw new Error(`only ${await underWay()} of ${calls} calls are under way`);
    await systemClock.sleep(LOOK_MS);
  }
  return highest;
}

async function run(stage: Stage, options: RunOptions): Promise<Row[]> {
  const jobs = options.scale(JOBS);
  await using certificate = await makeCertificate();
  await using provider = await startProviderServer(certificate);
  const lane = await stage.lane();
  await using load = new Load(lane);
  await using worker = stage.ours('worker/main.ts', lane, PROVIDERS, {
    provider,
    env: {
      WORKER_CONCURRENCY: String(jobs),
      PROVIDER_CONCURRENCY: String(jobs),
      NODE_EXTRA_CA_CERTS: certificate.path,
    },
  });
  // The slots of a provider grow with its successes: quick ones bring them up.
  const warm = await load.putJobs(spreadQuestions(2 * jobs, 300), panelOf(PROVIDERS));
  await worker.meet(load.sendJobs(warm));
  await worker.meet(load.drained(WARM_MS));
  const { rssMb: idleMb } = await worker.usage();
  const held = Array.from({ length: jobs }, (_, index) => question(index, HELD_MS));
  const ids = await load.putJobs(held, panelOf(PROVIDERS));
  await load.sendJobs(ids);
  const highestMb = await rssInFlight(worker, jobs * PROVIDERS, provider.underWay);
  options.say(`${Math.round(idleMb)} MB idle, ${Math.round(highestMb)} MB with ${jobs} in flight`);
  const row = { benchmark: memory.name, notes: [] };
  return [
    {
      ...row,
      what: `jobs in flight a GB (${jobs} × 3 calls over TLS)`,
      unit: 'jobs',
      ours: sampleOf([jobs / (highestMb / 1024)]),
      bar: { gate: 1500, moonshot: 2200, better: 'higher' },
      notes: [
        `${Math.round(idleMb)} MB before, with its connections open; ${Math.round(highestMb)} MB at most`,
      ],
    },
  ];
}

export const memory: Benchmark = {
  name: 'memory',
  about: 'jobs in flight for each GB of memory, three providers over TLS',
  run,
};
