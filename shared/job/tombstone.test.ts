import { describe, expect, test } from 'vitest';
import { isDone, JOB_STATUSES } from '../contract/states.ts';
import { applyWrite } from './apply-write.ts';
import { newJob } from './new-job.ts';
import type { JobRecord } from './record.ts';
import { tombstoneWrite } from './tombstone.ts';

const NOW = Date.UTC(2026, 0, 1);

function job(difference: Partial<JobRecord>): JobRecord {
  const queued = newJob(
    {
      id: 'a'.repeat(32),
      client: 'alice',
      payloadHash: 'hash',
      createToken: 'token',
      keyed: true,
      traceId: 'b'.repeat(32),
      question: 'SECRET',
      mode: 'balanced',
      strategy: 'synthesis',
      metadata: { label: 'SECRET' },
      webhook: { url: 'https://SECRET.example', events: ['job.failed'] },
      panel: [{ id: 'openai', model: 'gpt-5-mini' }],
      simulated: false,
      quorum: 1,
      deadlineSeconds: 60,
    },
    NOW,
  );
  return {
    ...queued,
    failures: { openai: { code: 'refused', message: 'SECRET', retryable: false } },
    filtered: { openai: 'SECRET' },
    error: { code: 'no_usable_answer', message: 'SECRET', retryable: true },
    merged: {
      text: 'SECRET',
      language: 'en',
      strategy: 'consensus',
      merger: null,
      providers: ['openai'],
      agreement: null,
      dissent: [],
      fallback_reason: null,
    },
    ...difference,
  };
}

describe('tombstoneWrite', () => {
  test.each(JOB_STATUSES)('a job that is %s', (status) => {
    const before = job({ status });
    const after = applyWrite(before, tombstoneWrite(before.id));
    expect(after !== undefined).toBe(isDone(status));
  });

  test('leaves no content and no index entry, but what keeps the id and the key taken', () => {
    const before = job({ status: 'failed' });
    const after = applyWrite(before, tombstoneWrite(before.id)) as JobRecord;
    expect(JSON.stringify(after)).not.toContain('SECRET');
    expect(after).not.toHaveProperty('created_at_id');
    expect(after).not.toHaveProperty('open_shard');
    expect(after).not.toHaveProperty('due_at');
    expect(after).toMatchObject({ deleted: true, payload_hash: 'hash', expires_at: before.expires_at });
    expect(applyWrite(after, tombstoneWrite(before.id))).toBeUndefined();
  });
});
