import { describe, expect, it } from 'vitest';
import type { JobView } from '../../shared/contract/job.ts';
import { type NewJob, newJob } from '../../shared/job/new-job.ts';
import type { Attempt } from '../../shared/job/record.ts';
import { viewJob } from '../../shared/job/view.ts';
import { auditJob, type Evidence } from './audit.ts';
import type { SeenCall } from './chaos-provider.ts';

const AT = Date.UTC(2026, 0, 1);
const JOB: NewJob = {
  id: 'j',
  client: 'c',
  payloadHash: 'h',
  createToken: 't',
  keyed: true,
  traceId: 't',
  question: 'Q',
  mode: 'balanced',
  strategy: 'synthesis',
  metadata: {},
  panel: [
    { id: 'openai', model: 'm' },
    { id: 'gemini', model: 'm' },
  ],
  simulated: false,
  quorum: 2,
  deadlineSeconds: 60,
};

type Line = Partial<Pick<Attempt, 'provider' | 'purpose' | 'outcome'>> & { atMs?: number };

function viewOf(lines: readonly Line[], end: Partial<Parameters<typeof viewJob>[0]> = {}): JobView {
  const ledger = lines.map(({ provider = 'openai', purpose = 'answer', outcome, atMs = 0 }, index) => [
    `${index}`,
    { provider, purpose, fence: 1, started_at: AT + atMs, ...(outcome ? { outcome } : {}) },
  ]);
  return viewJob({ ...newJob(JOB, AT), status: 'succeeded', ledger: Object.fromEntries(ledger), ...end });
}

const call = (more: Partial<SeenCall> = {}): SeenCall => ({
  job: 1,
  provider: 'openai',
  purpose: 'answer',
  worker: 'w',
  at: AT,
  ...more,
});

function broken(evidence: Partial<Evidence>): string[] {
  const planned = {
    number: 1,
    mode: 'balanced',
    strategy: 'synthesis',
    deadline_seconds: 60,
    poison: false,
  } as const;
  return auditJob({ planned, view: viewOf([]), calls: [], checkpoints: [], ...evidence }).broken;
}

describe('the ledger', () => {
  it('is right where each call has its line', () => {
    const view = viewOf([{ outcome: 'ok' }, { outcome: 'ok', purpose: 'merge' }]);
    expect(broken({ view, calls: [call(), call({ purpose: 'merge' })] })).toEqual([]);
  });

  it('is wrong where a call has no line, whatever other providers have', () => {
    const view = viewOf([{ outcome: 'ok' }, { outcome: 'ok', provider: 'gemini' }]);
    expect(broken({ view, calls: [call(), call()] })).toEqual([
      'openai, answer: 2 calls, but 1 lines',
      'gemini, answer: 1 lines, 0 of them unsure, but 0 calls',
    ]);
  });

  it.each([
    undefined,
    'network',
    'timeout',
    'aborted',
  ] as const)('forgives a line (%s) whose call never arrived', (outcome) => {
    expect(broken({ view: viewOf([outcome ? { outcome } : {}]), calls: [] })).toEqual([]);
  });
});

describe('a provider that has answered', () => {
  const checkpoints = [{ job_id: 'j', provider: 'openai', at: AT + 1000 }];

  it('is not called again', () => {
    const view = viewOf([{ outcome: 'ok' }, { outcome: 'ok', atMs: 1001 }]);
    expect(broken({ view, calls: [call(), call()], checkpoints })).toEqual([
      'openai was called at 2026-01-01T00:00:01.001Z, though its answer stood since 2026-01-01T00:00:01.000Z',
    ]);
  });

  it('may merge, and may have been called by two owners before', () => {
    const view = viewOf([
      { outcome: 'ok' },
      { outcome: 'ok', atMs: 999 },
      { outcome: 'ok', purpose: 'merge', atMs: 2000 },
    ]);
    const calls = [call(), call(), call({ purpose: 'merge' })];
    expect(broken({ view, calls, checkpoints })).toEqual([]);
  });
});

it('wants a job that kills its workers to end as poison', () => {
  const planned = {
    number: 1,
    mode: 'fast',
    strategy: 'consensus',
    deadline_seconds: 60,
    poison: true,
  } as const;
  expect(broken({ planned })).toEqual(['it kills its workers and ended succeeded (undefined)']);
  const error = { code: 'poison', message: '', retryable: false } as const;
  expect(broken({ planned, view: viewOf([], { status: 'failed', error }) })).toEqual([]);
});
