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
const STEADY_LOOKS = 12;
/** A provider's gate may not have opened all its slots yet: those few jobs wait, and are not counted. */
const LEAST_SHARE = 0.8;
const WARM_MS = 120_000;

interface Held {
  calls: number;
  rssMb: number;
}

/** The highest memory seen until the calls under way are as many as they get, and what they were. */
async function holdAll(worker: NodeProcess, wanted: number, underWay: () => Promise<number>): Promise<Held> {
  const held: Held = { calls: 0, rssMb: 0 };
  const limit = systemClock.monotonic() + BEGIN_MS;
  for (let steady = 0; steady < STEADY_LOOKS; ) {
    const [{ rssMb }, calls] = await Promise.all([worker.usage(), underWay()]);
    steady = calls > 0 && calls === held.calls ? steady + 1 : 0;
    held.calls = calls;
    held.rssMb = Math.max(held.rssMb, rssMb);
    if (systemClock.monotonic() > limit) throw new Error(`the calls under way are still growing at ${calls}`);
    await systemClock.sleep(LOOK_MS);
  }
  if (held.calls < wanted * LEAST_SHARE)
    throw new Error(`only ${held.calls} of ${wanted} calls are under way`);
  return held;
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
  const warm = await load.putJobs(spreadQuestions(3 * jobs, 600), panelOf(PROVIDERS));
  await worker.meet(load.sendJobs(warm));
  await worker.meet(load.drained(WARM_MS));
  await load.assertComplete(warm, ({ status }) => status === 'succeeded');
  const { rssMb: idleMb } = await worker.usage();
  const questions = Array.from({ length: jobs }, (_, index) => question(index, HELD_MS));
  await load.sendJobs(await load.putJobs(questions, panelOf(PROVIDERS)));
  const { calls, rssMb } = await holdAll(worker, jobs * PROVIDERS, provider.underWay);
  const inFlight = calls / PROVIDERS;
  return [
    {
      benchmark: memory.name,
      what: `jobs in flight a GB (${Math.round(inFlight)} × ${PROVIDERS} calls over TLS)`,
      unit: 'jobs',
      ours: sampleOf([inFlight / (rssMb / 1024)]),
      bar: { gate: 1500, moonshot: 2200, better: 'higher' },
      notes: [`${Math.round(idleMb)} MB after ${warm.length} quick jobs; ${Math.round(rssMb)} MB at most`],
    },
  ];
}

export const memory: Benchmark = {
  name: 'memory',
  about: 'jobs in flight for each GB of memory, three providers over TLS',
  run,
};
