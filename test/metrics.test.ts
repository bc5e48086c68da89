import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeApi } from '../api/testing/api-fixture.ts';
import { VirtualClock } from '../shared/adapters/memory/virtual-clock.ts';
import { createLog } from '../shared/log.ts';
import type { Meters } from '../shared/telemetry/meters.ts';
import {
  definitionOf,
  METRICS,
  type MetricName,
  type ServiceName,
} from '../shared/telemetry/metric-table.ts';
import { inSpan } from '../shared/telemetry/spans.ts';
import { startTracing } from '../shared/telemetry/start-tracing.ts';
import { OtlpCollector } from '../shared/telemetry/testing/otlp-collector.ts';
import { watchLoop } from '../shared/telemetry/watch-loop.ts';
import { answering, failing, ScriptedProvider } from '../worker/testing/scripted-provider.ts';
import { WorkerBench } from '../worker/testing/worker-bench.ts';
import { documentedRows } from './support/observability-doc.ts';

const NAMES = Object.keys(METRICS) as MetricName[];

let collector: OtlpCollector;

beforeAll(async () => {
  collector = await OtlpCollector.start();
});

afterAll(() => collector[Symbol.asyncDispose]());

function list(names: readonly string[] | undefined): string {
  if (!names) return '–';
  return names.length === 0 ? 'none' : names.map((name) => `\`${name}\``).join(', ');
}

/** The metrics of ours of which a text in Prometheus' format holds a value. */
async function emittedBy(meters: Meters<ServiceName>): Promise<string[]> {
  const { body } = await meters.render();
  return NAMES.filter((name) => new RegExp(`^${name}(_count)?(\\{.*\\})? \\S+$`, 'm').test(body));
}

/** A worker that has seen everything once: answers, failures, a re-send, a webhook that nobody takes. */
async function busyWorker(bench: WorkerBench): Promise<Meters<'worker'>> {
  const worker = await bench.start();
  const loop = watchLoop(worker.meters, bench.clock);
  const webhook = { url: 'https://example.org/hook', events: ['job.succeeded' as const] };
  await bench.end(await bench.submit({ webhook }));
  await bench.end(await bench.submit({ send: false }));
  await expect
    .poll(async () => {
      await bench.clock.advance(1000);
      return emittedBy(worker.meters);
    })
    .toContain('iscoolgpt_loop_delay_seconds');
  await loop.stop();
  return worker.meters;
}

/** Lets one span be refused by a collector. */
async function dropSpan(meters: Meters<ServiceName>): Promise<void> {
  collector.mood = 'refuses';
  const tracing = await startTracing({
    appEnv: 'local',
    telemetry: { emf: false, otlpEndpoint: collector.endpoint, traceRatio: 1 },
    clock: new VirtualClock(),
    log: createLog('worker', 'silent'),
    meters,
  });
  await inSpan('lost', {}, async () => {});
  await tracing.stop();
}

it('every metric of the table is emitted by somebody', async () => {
  const price = { input_usd: 1, output_usd: 2, as_of: '2026-01-01' };
  await using bench = new WorkerBench({
    providers: (clock) => [
      new ScriptedProvider('alpha', clock, failing('overloaded'), answering('Traffic stays inside AWS.')),
      new ScriptedProvider('beta', clock, answering('The traffic stays inside of AWS.')),
    ],
    config: {
      providers: [{ kind: 'openai', id: 'beta', model: 'beta-model', baseUrl: 'http://127.0.0.1:1', price }],
      webhookSecret: `whsec_${Buffer.alloc(32).toString('base64')}`,
    },
  });
  const api = makeApi();
  await api.submit();
  const worker = await busyWorker(bench);
  await dropSpan(worker);
  const emitted = new Set([...(await emittedBy(api.meters)), ...(await emittedBy(worker))]);
  expect(NAMES.filter((name) => !emitted.has(name))).toEqual([]);
});

it('docs/observability.md shows the table as it is', () => {
  const rows = NAMES.map((name) => {
    const { from, type, unit, labels, dimensions, answers } = definitionOf(name);
    return [`\`${name}\``, from.join(', '), type, unit, list(labels), list(dimensions), answers];
  });
  expect(documentedRows('metric')).toEqual(rows);
});

it('a dimension is one of the labels, and a histogram has buckets', () => {
  for (const name of NAMES) {
    const { type, labels, dimensions = [], buckets } = definitionOf(name);
    expect(labels, name).toEqual(expect.arrayContaining([...dimensions]));
    expect(buckets !== undefined, name).toBe(type === 'histogram');
  }
});
