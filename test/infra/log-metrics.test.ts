import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { someJob } from '../../shared/adapters/conformance/fixtures.ts';
import { MemoryStore } from '../../shared/adapters/memory/memory-store.ts';
import { systemClock } from '../../shared/adapters/system/system-clock.ts';
import { createLog } from '../../shared/log.ts';
import { afterEnd } from '../../worker/job/after-end.ts';
import { createWorkerMeters } from '../../worker/metrics.ts';

const ROOT = join(import.meta.dirname, '../..');
const TERRAFORM = readFileSync(join(ROOT, 'terraform/log-metrics.tf'), 'utf8');

/** The pattern of one metric, as CloudWatch gets it. */
function patternOf(metric: string): string {
  const quoted = new RegExp(`^ +${metric} += "(.+)"$`, 'm').exec(TERRAFORM)?.[1];
  if (quoted === undefined) throw new Error(`terraform/log-metrics.tf counts no ${metric}`);
  return quoted.replaceAll('\\"', '"');
}

interface Comparison {
  field: string;
  wanted: string | boolean;
}

function comparisonsOf(pattern: string): Comparison[] {
  return [...pattern.matchAll(/\$\.(\w+) (?:= "([^"]*)"|IS (TRUE|FALSE))/g)].map(
    ([, field = '', text, flag]) => ({
      field,
      wanted: text ?? flag === 'TRUE',
    }),
  );
}

/** The line that the worker writes when a job ends. */
function endedLine(overrides: object): Record<string, unknown> {
  let line = '';
  const log = createLog('worker', 'info', {
    write: (text) => {
      line = text;
    },
  });
  afterEnd(
    { ...someJob(systemClock), ...overrides },
    {
      store: new MemoryStore(systemClock),
      clock: systemClock,
      log,
      meters: createWorkerMeters({ busySlots: () => 0, slots: 1, providers: () => [] }),
      workerId: 'a',
      deliver: () => Promise.resolve(),
      onError: (_doing, error) => {
        throw error;
      },
    },
  );
  return JSON.parse(line) as Record<string, unknown>;
}

it('counts the line that the worker writes for an ended job', () => {
  const line = endedLine({ status: 'succeeded', degraded: false });
  for (const { field, wanted } of comparisonsOf(patternOf('JobsEnded'))) expect(line[field]).toBe(wanted);
});

it('tells degraded and failed jobs by fields of that line', () => {
  const [message, degraded, status] = comparisonsOf(patternOf('JobsDegraded'));
  const line = endedLine({ status: 'failed', degraded: true });
  for (const one of [message, degraded, status]) expect(line[one?.field ?? '']).toBe(one?.wanted);
});

it('counts the line that the worker writes for its own errors', () => {
  const [message] = comparisonsOf(patternOf('WorkerErrors'));
  expect(message?.field).toBe('msg');
  expect(readFileSync(join(ROOT, 'worker/worker.ts'), 'utf8')).toContain(`'${message?.wanted}'`);
});
