import { afterAll, beforeAll, expect, it } from 'vitest';
import { type CollectedSpan, OtlpCollector } from '../shared/telemetry/testing/otlp-collector.ts';
import type { Child } from './support/child.ts';
import { undocumented } from './support/observability-doc.ts';
import { Stack } from './support/stack.ts';

const TRACE_ID = '4bf92f3577b34da6a3ce929d0e0e4736';
const CALLER_SPAN_ID = '00f067aa0ba902b7';
const TRACEPARENT = `00-${TRACE_ID}-${CALLER_SPAN_ID}-01`;
const QUESTION = 'What does a transit gateway connect?';

let collector: OtlpCollector;
let stack: Stack;
let worker: Child;

beforeAll(async () => {
  collector = await OtlpCollector.start();
  stack = await Stack.start({
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint,
    METRICS_EMF: '1',
    LOG_LEVEL: 'info',
  });
  worker = startWorker();
  // A worker that has ended a job is up: its start counts for no test.
  await stack.meet(stack.client.end((await stack.client.ask({ question: 'What is S3?' })).id));
});

afterAll(async () => {
  await stack?.[Symbol.asyncDispose]();
  await collector?.[Symbol.asyncDispose]();
});

/** Without the sweep that an embedded start begins with: it would send some of the jobs again. */
function startWorker(): Child {
  return stack.worker({ EMBEDDED_START: '0' });
}

/** The JSON lines among what a process wrote. */
function linesOf(output: string): Record<string, unknown>[] {
  const lines = output.split('\n').filter((line) => /^\{.*\}$/.test(line));
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** A span and those below it, by name, in a stable order. */
function drawTree(spans: readonly CollectedSpan[], parentSpanId: string, depth = 0): string[] {
  return spans
    .filter((span) => span.parentSpanId === parentSpanId)
    .sort((a, b) => a.name.localeCompare(b.name))
    .flatMap((span) => [
      `${'  '.repeat(depth)}${span.service}: ${span.name}`,
      ...drawTree(spans, span.spanId, depth + 1),
    ]);
}

it('one trace leads from the caller through API, queue and worker to each call and the merge', async () => {
  const { id } = await stack.client.ask({ question: QUESTION, cache: false }, { traceparent: TRACEPARENT });
  const job = await stack.client.end(id);
  const ofTrace = () => collector.spans.filter(({ traceId }) => traceId === TRACE_ID);
  // What each process ends last; the two send when it suits them.
  const lastOnes = ['POST /v1/jobs', 'process jobs'];
  const hasAll = () => lastOnes.every((last) => ofTrace().some(({ name }) => name === last));
  await stack.meet(collector.until(hasAll));
  const spans = ofTrace();
  expect(drawTree(spans, CALLER_SPAN_ID), stack.output).toEqual([
    'iscoolgpt-api: POST /v1/jobs',
    '  iscoolgpt-api: submit job',
    '    iscoolgpt-api: put job',
    '    iscoolgpt-api: send jobs',
    '      iscoolgpt-worker: process jobs',
    '        iscoolgpt-worker: chat gemini-2.5-flash',
    '        iscoolgpt-worker: chat gpt-5-mini',
    '        iscoolgpt-worker: chat meta-llama/Llama-3.3-70B-Instruct',
    '        iscoolgpt-worker: claim job',
    '        iscoolgpt-worker: finish job',
    '        iscoolgpt-worker: merge answers',
    '          iscoolgpt-worker: chat gpt-5-mini',
  ]);
  const named = (name: string) => spans.find((span) => span.name === name);
  expect(named('POST /v1/jobs')).toMatchObject({
    kind: 2,
    attributes: { 'http.route': '/v1/jobs', 'http.response.status_code': 202 },
  });
  expect(named('process jobs')).toMatchObject({
    kind: 5,
    attributes: { 'messaging.system': 'aws_sqs', 'iscoolgpt.job.id': id, 'iscoolgpt.outcome': 'ack' },
  });
  expect(named('chat gemini-2.5-flash')).toMatchObject({
    kind: 3,
    failed: false,
    attributes: {
      'gen_ai.provider.name': 'gcp.gemini',
      'gen_ai.usage.output_tokens': expect.any(Number),
      'iscoolgpt.attempt': 'gemini:1',
      'iscoolgpt.outcome': 'ok',
    },
  });
  expect(named('merge answers')?.attributes).toMatchObject({
    'iscoolgpt.answers.kept': 3,
    'iscoolgpt.merger': 'openai',
    'iscoolgpt.agreement': job.agreement?.score,
  });
});

it('says of a failed call how it failed', async () => {
  stack.providers.script('openai', [{ reply: 'insufficient_quota', times: 'always' }]);
  const { id } = await stack.client.ask({ question: QUESTION, strategy: 'consensus', cache: false });
  await stack.client.end(id);
  const failed = () =>
    collector.spans.find(({ attributes }) => attributes['error.type'] === 'quota_exhausted');
  await stack.meet(collector.until(() => failed() !== undefined));
  expect(failed()).toMatchObject({ name: 'chat gpt-5-mini', failed: true });
  stack.providers.reset();
});

it('tells the collector no question, no answer and no key', async () => {
  const { id } = await stack.client.ask({ question: QUESTION, cache: false });
  const job = await stack.client.end(id);
  const ended = (span: CollectedSpan) =>
    span.name === 'process jobs' && span.attributes['iscoolgpt.job.id'] === id;
  await stack.meet(collector.until(({ spans }) => spans.some(ended)));
  const everything = JSON.stringify(collector.spans);
  const texts = [QUESTION, job.answer?.text, ...job.providers.map(({ answer }) => answer?.text)];
  for (const text of texts) expect(everything).not.toContain(text?.slice(0, 20) ?? 'no text');
  for (const key of ['sk-test', 'hf_test']) expect(everything).not.toContain(key);
});

it('shows no span and no attribute that docs/observability.md does not', () => {
  expect(collector.spans.length).toBeGreaterThan(20);
  expect(undocumented(collector.spans)).toEqual([]);
});

it("the API's metrics are on a port of their own, and not where clients ask", async () => {
  const { port } = linesOf(stack.output).find(({ msg }) => msg === 'metrics are at /metrics') ?? {};
  const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  expect(metrics).toContain(
    'iscoolgpt_http_request_seconds_count{method="POST",route="/v1/jobs",status="202"}',
  );
  expect(metrics).toMatch(/^iscoolgpt_submits_total\{outcome="accepted"\} [1-9]/m);
  expect((await fetch(`${stack.client.address}/metrics`)).status).toBe(404);
});

it('a collector that hangs delays neither a job nor a stop, which writes the last metrics', async () => {
  collector.mood = 'hangs';
  const before = collector.requests;
  const { id } = await stack.client.ask({ question: QUESTION, cache: false });
  expect((await stack.client.end(id)).status, stack.output).toBe('succeeded');
  await stack.meet(collector.until(({ requests }) => requests > before));
  const began = performance.now();
  expect(await worker.end('SIGTERM'), worker.output).toBe(0);
  // The drain, what the last flush may take, and a slow machine.
  expect(performance.now() - began).toBeLessThan(2000 + 1000 + 3000);
  const ended = linesOf(worker.output).find((line) => 'iscoolgpt_jobs_ended_total' in line);
  expect(ended, worker.output).toMatchObject({ status: 'succeeded' });
  expect(ended?._aws).toMatchObject({ CloudWatchMetrics: [{ Namespace: 'IsCoolGPT/local' }] });
});
