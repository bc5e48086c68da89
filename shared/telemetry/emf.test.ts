import fc from 'fast-check';
import { expect, it } from 'vitest';
import { VirtualClock } from '../adapters/memory/virtual-clock.ts';
import { Distribution } from './emf-distribution.ts';
import { Meters } from './meters.ts';
import { definitionOf, isMetricName } from './metric-table.ts';
import { startEmf } from './write-emf.ts';

interface EmfLine extends Record<string, unknown> {
  _aws: {
    Timestamp: number;
    CloudWatchMetrics: {
      Namespace: string;
      Dimensions: string[][];
      Metrics: { Name: string; Unit: string }[];
    }[];
  };
}

function setUp() {
  const clock = new VirtualClock();
  const meters = new Meters('worker');
  const written: string[] = [];
  const emf = startEmf({ meters, clock, namespace: 'IsCoolGPT/test', write: (text) => written.push(text) });
  const lines = () => written.splice(0).map((text) => JSON.parse(text) as EmfLine);
  return { clock, meters, emf, lines };
}

function lineOf(lines: EmfLine[], metric: string): EmfLine | undefined {
  return lines.find((line) => metric in line);
}

it('writes, each minute, how much counters have grown since the last one', async () => {
  const { clock, meters, emf, lines } = setUp();
  meters.count('iscoolgpt_cost_usd_total', { provider: 'openai' }, 0.25);
  meters.count('iscoolgpt_cost_usd_total', { provider: 'openai' }, 0.5);
  await clock.advance(60_000);
  expect(lines()).toEqual([
    {
      _aws: {
        Timestamp: clock.now(),
        CloudWatchMetrics: [
          {
            Namespace: 'IsCoolGPT/test',
            Dimensions: [['provider']],
            Metrics: [{ Name: 'iscoolgpt_cost_usd_total', Unit: 'None' }],
          },
        ],
      },
      provider: 'openai',
      iscoolgpt_cost_usd_total: 0.75,
    },
  ]);
  await clock.advance(60_000);
  expect(lines()).toEqual([]);
  meters.count('iscoolgpt_cost_usd_total', { provider: 'openai' }, 2);
  await clock.advance(60_000);
  expect(lines()[0]?.iscoolgpt_cost_usd_total).toBe(2);
  await emf.stop();
});

it('writes what is left when it stops', async () => {
  const { meters, emf, lines } = setUp();
  meters.count('iscoolgpt_jobs_ended_total', { status: 'failed', degraded: 'false' });
  await emf.stop();
  expect(lineOf(lines(), 'iscoolgpt_jobs_ended_total')).toMatchObject({ status: 'failed' });
});

it('sums over the labels that are no dimensions, and writes gauges as they are', async () => {
  const { clock, meters, emf, lines } = setUp();
  let busy = 3;
  meters.gauge('iscoolgpt_slots_busy', () => [{ labels: {}, value: busy }]);
  for (const outcome of ['timeout', 'network', 'network']) {
    meters.count('iscoolgpt_provider_failures_total', { provider: 'gemini', outcome });
  }
  await clock.advance(60_000);
  const first = lines();
  expect(lineOf(first, 'iscoolgpt_provider_failures_total')).toMatchObject({
    provider: 'gemini',
    iscoolgpt_provider_failures_total: 3,
  });
  expect(lineOf(first, 'iscoolgpt_slots_busy')).toMatchObject({ iscoolgpt_slots_busy: 3 });
  busy = 0;
  await clock.advance(60_000);
  expect(lines()).toMatchObject([{ iscoolgpt_slots_busy: 0 }]);
  await emf.stop();
});

it('leaves out what CloudWatch does not get', async () => {
  const { clock, meters, emf, lines } = setUp();
  meters.gauge('iscoolgpt_provider_calls_waiting', () => [{ labels: { provider: 'openai' }, value: 1 }]);
  meters.count('iscoolgpt_provider_tokens_total', { provider: 'openai', direction: 'input' }, 9);
  await clock.advance(60_000);
  expect(lines()).toEqual([]);
  await emf.stop();
});

it('keeps to the format: every metric and dimension that is named stands in the line, by the names of the table', async () => {
  const { clock, meters, emf, lines } = setUp();
  meters.count('iscoolgpt_jobs_ended_total', { status: 'succeeded', degraded: 'false' });
  meters.count('iscoolgpt_worker_errors_total', { doing: 'receiving' });
  meters.observe('iscoolgpt_job_queue_wait_seconds', {}, 0.4);
  meters.observe('iscoolgpt_provider_call_seconds', { provider: 'openai', outcome: 'ok' }, 1.5);
  await clock.advance(60_000);
  const written = lines();
  expect(written.length).toBeGreaterThan(2);
  for (const line of written) {
    const [directive] = line._aws.CloudWatchMetrics;
    for (const { Name, Unit } of directive?.Metrics ?? []) {
      if (!isMetricName(Name)) throw new Error(`${Name} does not stand in the table`);
      expect(directive?.Dimensions).toEqual([definitionOf(Name).dimensions]);
      expect(['Seconds', 'Count', 'None']).toContain(Unit);
      expect(line).toHaveProperty(Name);
    }
    for (const dimension of directive?.Dimensions.flat() ?? []) expect(line[dimension]).toMatch(/./);
  }
  await emf.stop();
});

it('shows any values in at most a hundred bins, none far from what it was', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 1000, noNaN: true }), { minLength: 1, maxLength: 400 }),
      (seen) => {
        const distribution = new Distribution();
        for (const value of seen) distribution.add(value);
        const { Values, Counts, Min, Max, Sum, Count } = distribution.read();
        expect(Values.length).toBeLessThanOrEqual(100);
        expect(Counts.reduce((sum, count) => sum + count, 0)).toBe(seen.length);
        expect([Count, Min, Max]).toEqual([seen.length, Math.min(...seen), Math.max(...seen)]);
        expect(Sum).toBeCloseTo(
          seen.reduce((sum, value) => sum + value, 0),
          6,
        );
        const shown = Values.flatMap((value, index) => Array<number>(Counts[index] ?? 0).fill(value));
        for (const [index, value] of seen.toSorted((a, b) => a - b).entries()) {
          expect(Math.abs((shown[index] ?? 0) - value)).toBeLessThanOrEqual(0.001 + value * 0.09);
        }
      },
    ),
  );
});

it('is bounded however many values come', () => {
  const distribution = new Distribution();
  for (let power = -12; power < 12; power += 0.001) distribution.add(10 ** power);
  expect(distribution.read().Values.length).toBeLessThanOrEqual(100);
});
