import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemClock } from '../shared/adapters/system/system-clock.ts';
import { createLog } from '../shared/log.ts';
import { Meters } from '../shared/telemetry/meters.ts';
import { activeTraceParent, inSpan, traceIdOfSpan } from '../shared/telemetry/spans.ts';
import { startTracing, type Tracing } from '../shared/telemetry/start-tracing.ts';
import { type CollectedSpan, OtlpCollector } from '../shared/telemetry/testing/otlp-collector.ts';
import { undocumented } from '../test/support/observability-doc.ts';
import { mortal } from './testing/faults.ts';
import { answering, failing, ScriptedProvider } from './testing/scripted-provider.ts';
import { VISIBILITY_SECONDS, WorkerBench } from './testing/worker-bench.ts';

let collector: OtlpCollector;
let tracing: Tracing;

beforeAll(async () => {
  collector = await OtlpCollector.start();
  tracing = await startTracing({
    appEnv: 'local',
    telemetry: { emf: false, otlpEndpoint: collector.endpoint, traceRatio: 1 },
    clock: systemClock,
    log: createLog('worker', 'silent'),
    meters: new Meters('worker'),
  });
});

afterAll(async () => {
  await tracing.stop();
  await collector[Symbol.asyncDispose]();
});

/** Submits within a span, as the API does; `send: false` leaves the sending to the sweeper. */
function submit(bench: WorkerBench, options: Parameters<WorkerBench['submit']>[0] = {}) {
  return inSpan('submit job', {}, async (span) => {
    const id = await bench.submit({ ...options, trace: activeTraceParent() });
    return { id, traceId: traceIdOfSpan(span) };
  });
}

/** The spans of a trace, once somebody has worked on its job. */
async function spansOf(traceId: string | undefined): Promise<CollectedSpan[]> {
  const ofTrace = () => collector.spans.filter((span) => span.traceId === traceId);
  await collector.until(() => ofTrace().some(({ name }) => name === 'process jobs'));
  return ofTrace();
}

function parentOf(spans: readonly CollectedSpan[], { parentSpanId }: CollectedSpan): string | undefined {
  return spans.find(({ spanId }) => spanId === parentSpanId)?.name;
}

it('what another worker does after a crash stands in the same trace, below the same send', async () => {
  await using bench = new WorkerBench();
  const store = mortal(bench.store);
  const queue = mortal(bench.queue);
  const dying = bench.unmanagedWorker({ wrapStore: () => store.port, wrapQueue: () => queue.port });
  await dying.start();
  for (const provider of bench.providers) provider.script(answering('Traffic stays inside.', 40_000));
  const { id, traceId } = await submit(bench);
  await bench.clock.advance(1000);
  store.kill();
  queue.kill();
  for (const provider of bench.providers) provider.script(answering('Traffic stays inside AWS.', 100));
  await bench.start();
  await bench.clock.advance(VISIBILITY_SECONDS * 1000);
  expect(await bench.end(id)).toMatchObject({ status: 'succeeded', claims: 2 });
  const spans = await spansOf(traceId);
  const again = spans.find(
    ({ name, attributes }) => name === 'process jobs' && attributes['iscoolgpt.receives'] === 2,
  );
  if (!again) throw new Error(`nobody received the job again: ${JSON.stringify(spans, null, 1)}`);
  expect(parentOf(spans, again)).toBe('send jobs');
  expect(spans.find(({ name }) => name === 'submit job')?.parentSpanId).toBeUndefined();
  expect(
    spans
      .filter(({ parentSpanId }) => parentSpanId === again.spanId)
      .map(({ name }) => name)
      .sort(),
  ).toEqual([
    'chat alpha-model',
    'chat beta-model',
    'chat gamma-model',
    'claim job',
    'finish job',
    'merge answers',
  ]);
});

it('a job that the sweeper sends again stays in its trace, and so does its webhook', async () => {
  await using bench = new WorkerBench({
    postWebhook: async () => 204,
    config: { webhookSecret: `whsec_${Buffer.alloc(32).toString('base64')}` },
  });
  await bench.start();
  const webhook = { url: 'https://example.org/hook', events: ['job.succeeded' as const] };
  const { id, traceId } = await submit(bench, { send: false, webhook });
  await bench.clock.advance(60_000);
  expect((await bench.job(id)).webhook).toMatchObject({ state: 'delivered' });
  const spans = await spansOf(traceId);
  const parents = Object.fromEntries(spans.map((span) => [span.name, parentOf(spans, span)]));
  expect(parents).toMatchObject({
    'send jobs': 'submit job',
    'process jobs': 'send jobs',
    'deliver webhook': 'finish job',
  });
  expect(JSON.stringify(spans)).not.toContain('example.org');
});

it('shows each attempt, and how it ended', async () => {
  await using bench = new WorkerBench({
    providers: (clock) => [
      new ScriptedProvider('alpha', clock, failing('overloaded'), answering('Traffic stays inside AWS.')),
    ],
  });
  await bench.start();
  const { id, traceId } = await submit(bench);
  await bench.end(id);
  const calls = (await spansOf(traceId)).filter(({ name }) => name === 'chat alpha-model');
  const shown = calls.map(({ failed, attributes }) => [
    attributes['iscoolgpt.attempt'],
    attributes['iscoolgpt.outcome'],
    attributes['error.type'],
    failed,
  ]);
  expect(shown).toEqual([
    ['alpha:1', 'overloaded', 'overloaded', true],
    ['alpha:2', 'ok', undefined, false],
  ]);
});

it('shows no span and no attribute that docs/observability.md does not', () => {
  expect(collector.spans.map(({ name }) => name)).toContain('deliver webhook');
  expect(undocumented(collector.spans)).toEqual([]);
});
