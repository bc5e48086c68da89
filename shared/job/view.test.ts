import { describe, expect, it } from 'vitest';
import { someAnswer, someAttempt, someJob } from '../adapters/conformance/fixtures.ts';
import { VirtualClock } from '../adapters/memory/virtual-clock.ts';
import { jobSchema } from '../contract/job.ts';
import type { JobRecord } from './record.ts';
import { viewJob } from './view.ts';

const NOW = Date.UTC(2026, 10, 22);
const PANEL = [{ id: 'a', model: 'm' }];

function job(changes: Partial<JobRecord> = {}): JobRecord {
  return { ...someJob(new VirtualClock(NOW), { panel: PANEL }), ...changes };
}

const running = { status: 'running', fence: 1 } as const;
const failure = { code: 'auth', message: 'no', retryable: false } as const;
const wait = { code: 'rate_limited', message: 'later', retryable: true, until: NOW + 5 } as const;
const call = { 'a-1': someAttempt('a', NOW) };
const ended = { 'a-1': someAttempt('a', NOW, { outcome: 'overloaded' }) };
const answer = { ...someAnswer('a-1', NOW), latency_ms: 7 };

const states: [string, Partial<JobRecord>][] = [
  ['pending', {}],
  ['pending', { ...running, ledger: ended }],
  ['running', { ...running, ledger: call }],
  ['waiting', { ...running, ledger: ended, waits: { a: wait } }],
  ['failed', { ...running, ledger: ended, failures: { a: failure } }],
  ['answered', { ...running, ledger: ended, answers: { a: answer } }],
  ['answered', { status: 'succeeded', answers: { a: answer }, considered: ['a'] }],
  ['late', { status: 'succeeded', answers: { a: answer }, considered: [] }],
  ['answered', { status: 'failed', answers: { a: answer } }],
  ['skipped', { status: 'expired' }],
  ['failed', { status: 'failed', ledger: ended }],
  ['outcome_unknown', { status: 'failed', ledger: call }],
  ['outcome_unknown', { status: 'running', fence: 2, ledger: call }],
];

describe('viewJob', () => {
  it.each(states)('shows a provider as %s where the job is %j', (state, changes) => {
    const view = viewJob(job(changes));
    expect(view.providers[0]?.state).toBe(state);
    expect(jobSchema.safeParse(view)).toMatchObject({ success: true });
  });

  it('says when a waiting provider is called again, and why not before, until the job has ended', () => {
    const waiting = { ...running, ledger: ended, waits: { a: wait } };
    expect(viewJob(job(waiting)).providers[0]).toMatchObject({
      error: { code: 'rate_limited', message: 'later', retryable: true },
      next_attempt_at: '2026-11-22T00:00:00.005Z',
    });
    expect(viewJob(job({ ...waiting, status: 'failed' })).providers[0]?.next_attempt_at).toBeNull();
  });

  it('adds up what is priced, and says how much is not', () => {
    const priced = (usd: number) => someAttempt('a', NOW, { outcome: 'ok', cost: { usd, priced: true } });
    const unpriced = someAttempt('a', NOW, { outcome: 'ok', cost: { usd: null, priced: false } });
    const spent = (ledger: JobRecord['ledger']) => {
      const { spent_usd, unpriced_calls } = viewJob(job({ ledger })).ledger;
      return [spent_usd, unpriced_calls];
    };
    expect(spent({})).toEqual([0, 0]);
    expect(spent({ x: priced(0.25), y: priced(0.5), z: unpriced })).toEqual([0.75, 1]);
    expect(spent({ z: unpriced })).toEqual([null, 1]);
  });

  it('marks a call of which nobody knows how it ended as possibly billed', () => {
    const { calls } = viewJob(job({ status: 'failed', fence: 2, ledger: call })).ledger;
    expect(calls).toMatchObject([{ outcome: 'outcome_unknown', possibly_billed: true }]);
  });

  it('calls degraded what was merged of less than the quorum, and nothing else', () => {
    const short = { degraded: true, quorum_got: 1 };
    const merged: JobRecord['merged'] = {
      text: 'One.',
      language: null,
      strategy: 'consensus',
      merger: null,
      providers: ['a'],
      agreement: null,
      dissent: [],
      fallback_reason: null,
    };
    expect(viewJob(job({ ...short, status: 'succeeded', merged })).degraded).toBe(true);
    expect(viewJob(job({ ...short, status: 'failed' })).degraded).toBe(false);
  });

  it('shows none of what is ours alone', () => {
    const shown = JSON.stringify(viewJob(job({ owner: 'worker-1', claimed_at: NOW, cache_hash: 'h' })));
    for (const name of ['owner', 'fence', 'pk', 'client', 'create_token', 'payload_hash', 'cache_hash']) {
      expect(shown).not.toContain(`"${name}"`);
    }
  });
});
