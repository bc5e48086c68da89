import { findFreePort } from '../../local/free-port.ts';
import { compare, type Row } from '../report/row.ts';
import { quantile, sampleOf } from '../report/sample.ts';
import { type ApiLane, startOurApi, startPlainApi } from '../stage/api-lane.ts';
import { driveHttp } from '../stage/http-load.ts';
import type { LimitWatch } from '../stage/limit-watch.ts';
import { question } from '../stage/measured-questions.ts';
import { NodeProcess } from '../stage/node-process.ts';
import { providerUrls, type Stage } from '../stage/stage.ts';
import { submission } from '../stage/submission.ts';
import type { Benchmark, RunOptions } from './benchmark.ts';
import { WARM_UPS } from './interleave.ts';

const PROVIDERS = 3;
const CLIENTS = 500;
const WARM_CLIENTS = 10;
/** Runs for each one of another row: they take half a second. */
const RUNS_FACTOR = 3;
const LATENCY_MS = 10_000;

interface Asked {
  options: RunOptions;
  watch: LimitWatch;
  clients: number;
}

/** One submit of each client, at once, while the providers are as slow as ever; returns the p99 of each run. */
async function measureAccepting(
  api: ApiLane,
  worker: NodeProcess,
  { options, watch, clients }: Asked,
): Promise<number[]> {
  const load = {
    requests: clients,
    request: (index: number) => submission(index, LATENCY_MS),
    expectStatus: 202,
  };
  // Warms up, and fills the worker with jobs that wait for their providers.
  await worker.meet(api.run({ ...load, connections: WARM_CLIENTS }));
  const run = () => worker.meet(api.run({ ...load, connections: clients }));
  for (let warmUp = 0; warmUp < WARM_UPS; warmUp += 1) await run();
  const p99s: number[] = [];
  for (let round = 1; round <= RUNS_FACTOR * options.runs; round += 1) {
    const { latenciesMs } = await watch.during(run);
    const p99 = quantile(latenciesMs, 0.99);
    p99s.push(p99);
    options.say(`run ${round}: ${api.name} accepted, p99 ${Math.round(p99)} ms`);
  }
  return p99s;
}

async function measureOurs(stage: Stage, asked: Asked): Promise<number[]> {
  const lane = await stage.lane();
  const slots = String(asked.clients);
  await using api = await startOurApi(stage, lane, PROVIDERS);
  await using worker = stage.ours('worker/main.ts', lane, PROVIDERS, {
    env: { WORKER_CONCURRENCY: slots, PROVIDER_CONCURRENCY: slots },
  });
  return await measureAccepting(api, worker, asked);
}

async function measurePlain(stage: Stage, asked: Asked): Promise<number[]> {
  const lane = await stage.lane();
  await using api = await startPlainApi(stage, lane);
  await using worker = stage.peer('bench/peers/plain-worker.ts', lane, { SLOTS: String(asked.clients) });
  return await measureAccepting(api, worker, asked);
}

interface Held {
  latenciesMs: number[];
  /** Clients whose connection broke. */
  lost: number;
}

/** Portkey's gateway holds each request until its provider has answered; one run, as it takes so long. */
async function measureGateway(stage: Stage, clients: number): Promise<Held> {
  await using gateway = new NodeProcess('bench/peers/portkey.ts', {
    env: { PORT: String(await findFreePort()) },
  });
  const origin = await gateway.ready<string>();
  const request = {
    method: 'POST' as const,
    path: '/v1/chat/completions',
    headers: {
      'content-type': 'application/json',
      authorization: 'Bearer bench',
      'x-portkey-provider': 'openai',
      'x-portkey-custom-host': providerUrls(stage.provider, 1)[0] as string,
    },
    body: JSON.stringify({
      model: 'bench',
      messages: [{ role: 'user', content: question(0, LATENCY_MS) }],
    }),
  };
  const client = () =>
    driveHttp({ origin, connections: 1, requests: 1, request: () => request, expectStatus: 200 });
  const held = await gateway.meet(Promise.allSettled(Array.from({ length: clients }, client)));
  const latenciesMs = held.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
  return { latenciesMs, lost: clients - latenciesMs.length };
}

async function run(stage: Stage, options: RunOptions): Promise<Row[]> {
  const clients = options.scale(CLIENTS);
  const watch = stage.watchLimits();
  const ours = await measureOurs(stage, { options, watch, clients });
  const notes = watch.notes();
  const plain = await measurePlain(stage, { options, watch: stage.watchLimits(), clients });
  const held = await measureGateway(stage, clients);
  options.say(`the gateway: p99 ${Math.round(quantile(held.latenciesMs, 0.99))} ms`);
  const row = { benchmark: accept.name, unit: 'ms' };
  return [
    {
      ...row,
      what: `accept p99, ${clients} clients at once, providers of 10 s`,
      ours: sampleOf(ours),
      against: {
        who: 'a gateway that holds the request',
        value: sampleOf([quantile(held.latenciesMs, 0.99)]),
      },
      bar: { gate: 500, moonshot: 50, better: 'lower' },
      notes: [
        ...notes,
        ...(held.lost > 0 ? [`${held.lost} of the gateway's clients lost their connection`] : []),
        `the gateway holds ${2 * clients} sockets meanwhile, and its ${clients} paid answers are lost if it dies`,
      ],
    },
    compare({ ...row, what: 'the same, against the plain SDK' }, ours, 'by hand on the plain SDK', plain),
  ];
}

export const accept: Benchmark = {
  name: 'accept',
  about: 'how soon a client may go while every provider is slow, against a gateway that holds the request',
  run,
};
