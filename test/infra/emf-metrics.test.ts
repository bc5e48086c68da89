import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { checkMetrics } from '../../scripts/infra/proof/check-metrics.ts';
import { Stack } from '../../scripts/infra/proof/stack.ts';
import { DEFINITIONS, Patch, TASK } from './mistakes/patch.ts';

const ALARM = 'aws_cloudwatch_metric_alarm.worker_errors';
const SNAPSHOT = readFileSync(join(import.meta.dirname, 'fixtures/staging.jsonl'), 'utf8');

interface Looking {
  metric?: string;
  dimensions?: Record<string, string>;
  namespace?: string;
  emf?: '0' | '1';
}

/** What is said of an alarm on a metric that the worker writes to its log, or does not. */
function findingsOf(looking: Looking): string[] {
  const patch = new Patch(SNAPSHOT);
  patch.json(TASK('worker'), DEFINITIONS, (text) => {
    const containers = JSON.parse(text) as { name: string; environment: { name: string; value: string }[] }[];
    const worker = containers.find(({ name }) => name === 'worker');
    if (!worker) throw new Error(`${TASK('worker')} has no container worker`);
    worker.environment = worker.environment.filter(({ name }) => name !== 'METRICS_EMF');
    worker.environment.push({ name: 'METRICS_EMF', value: looking.emf ?? '1' });
    return JSON.stringify(containers, null, 1);
  });
  Object.assign(patch.at(ALARM), {
    metric_name: looking.metric ?? 'iscoolgpt_provider_failures_total',
    dimensions: looking.dimensions ?? { provider: 'openai' },
    namespace: looking.namespace ?? 'IsCoolGPT/staging',
  });
  return checkMetrics(new Stack(patch.plan))
    .filter(({ address }) => address === ALARM)
    .map(String);
}

it('lets an alarm look at what the worker writes to its log', () => {
  expect(findingsOf({})).toEqual([]);
});

it.each<[string, Looking]>([
  ['nobody writes it', { emf: '0' }],
  ['it has another name', { metric: 'iscoolgpt_provider_failures' }],
  ['CloudWatch does not get it', { metric: 'iscoolgpt_provider_calls_waiting' }],
  ['it has other dimensions', { dimensions: {} }],
  ['it is of another environment', { namespace: 'IsCoolGPT/production' }],
])('finds an alarm that looks at nothing: %s', (_what, looking) => {
  expect(findingsOf(looking)).toEqual([
    expect.stringContaining('which neither a metric filter nor a service emits'),
  ]);
});
