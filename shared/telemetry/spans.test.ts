import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MemoryQueue } from '../adapters/memory/memory-queue.ts';
import { VirtualClock } from '../adapters/memory/virtual-clock.ts';
import { sendJob } from '../job/send-job.ts';
import { untouchedJob } from '../job/untouched-job.ts';
import { createLog } from '../log.ts';
import { Meters } from './meters.ts';
import { activeTraceParent, inSpan, traceIdOfSpan } from './spans.ts';
import { startTracing, type Tracing } from './start-tracing.ts';
import { OtlpCollector } from './testing/otlp-collector.ts';

const JOB = untouchedJob('0'.repeat(32), {
  create_token: 'token',
  deadline_at: 0,
  panel: [{ id: 'alpha', model: 'a' }],
});

let collector: OtlpCollector;
let tracing: Tracing;
const clock = new VirtualClock();
const meters = new Meters('worker');
const logged: string[] = [];

async function start(otlpEndpoint: string | undefined): Promise<Tracing> {
  const log = createLog('worker', 'info', { write: (line) => void logged.push(line) });
  const telemetry = { emf: false, otlpEndpoint, traceRatio: 1 };
  return startTracing({ appEnv: 'local', telemetry, clock, log, meters });
}

async function droppedSpans(): Promise<number> {
  const { body } = await meters.render();
  return Number(/^iscoolgpt_spans_dropped_total\{.*\} (\d+)$/m.exec(body)?.[1] ?? 0);
}

beforeAll(async () => {
  collector = await OtlpCollector.start();
});

afterAll(() => collector[Symbol.asyncDispose]());

// The SDK is put behind the API once in a process: this comes first.
it('traces nothing, and sends no trace along, where no collector is configured', async () => {
  const none = await start(undefined);
  const queue = new MemoryQueue(clock);
  await inSpan('outer', {}, async (span) => {
    expect([span.isRecording(), traceIdOfSpan(span), activeTraceParent()]).toEqual([
      false,
      undefined,
      undefined,
    ]);
    await sendJob(queue, JOB);
  });
  const [delivery] = await queue.receive(1, 0, 30);
  expect(delivery?.trace).toBeUndefined();
  await none.stop();
  expect(collector.requests).toBe(0);
});

describe('with a collector', () => {
  beforeAll(async () => {
    tracing = await start(collector.endpoint);
  });

  it('sends a failed span with the kind of its error, not with its message', async () => {
    class QuotaError extends Error {
      override readonly name = 'QuotaError';
    }
    const failing = inSpan('failing', {}, async () => {
      throw new QuotaError('the secret question');
    });
    await expect(failing).rejects.toThrow(QuotaError);
    await collector.until(({ spans }) => spans.some(({ name }) => name === 'failing'));
    const span = collector.spans.find(({ name }) => name === 'failing');
    expect(span).toMatchObject({ failed: true, attributes: { 'error.type': 'QuotaError' } });
    expect(JSON.stringify(collector.spans)).not.toContain('secret question');
  });

  it('puts work without a span of its own into the trace of its job', async () => {
    const queue = new MemoryQueue(clock);
    const trace = await inSpan('submit', {}, async () => activeTraceParent());
    await sendJob(queue, { ...JOB, ...(trace ? { trace } : {}) });
    const [delivery] = await queue.receive(1, 0, 30);
    const [, traceId, sendSpanId] = delivery?.trace?.traceparent.split('-') ?? [];
    await collector.until(({ spans }) => spans.some(({ spanId }) => spanId === sendSpanId));
    const submit = collector.spans.find(({ name }) => name === 'submit');
    expect(collector.spans.find(({ spanId }) => spanId === sendSpanId)).toMatchObject({
      traceId,
      parentSpanId: submit?.spanId,
      kind: 4,
    });
    expect(submit?.traceId).toBe(traceId);
  });

  it('drops, counts and says once what a collector refuses', async () => {
    collector.mood = 'refuses';
    for (const name of ['first', 'second']) {
      const before = collector.requests;
      await inSpan(name, {}, async () => {});
      await collector.until(({ requests }) => requests > before);
    }
    await expect.poll(droppedSpans).toBe(2);
    expect(logged.filter((line) => line.includes('spans are dropped'))).toHaveLength(1);
    collector.mood = 'takes';
  });

  it('keeps no more spans than it has room for while a collector hangs', async () => {
    collector.mood = 'hangs';
    const before = await droppedSpans();
    for (let number = 0; number < 5000; number += 1) await inSpan('many', {}, async () => {});
    expect((await droppedSpans()) - before).toBe(5000 - 4096);
  });

  it('does not wait for a collector that hangs when it stops', async () => {
    let stopped = false;
    void tracing.stop().then(() => {
      stopped = true;
    });
    await clock.advance(900);
    expect(stopped).toBe(false);
    await clock.advance(200);
    expect(stopped).toBe(true);
  });
});
