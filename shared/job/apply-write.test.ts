import { describe, expect, it } from 'vitest';
import { someJob } from '../adapters/conformance/fixtures.ts';
import { systemClock } from '../adapters/system/system-clock.ts';
import { applyWrite } from './apply-write.ts';
import { equals, type JobWrite } from './job-write.ts';

const nothing: JobWrite = { id: 'x', require: [], set: [], remove: [], revise: true };

describe('a job as a write leaves it', () => {
  it('is another, and shares what the write does not change', () => {
    const job = {
      ...someJob(systemClock),
      failures: { b: { code: 'timeout', message: '', retryable: true } },
    };
    const before = structuredClone(job);
    const wait = { code: 'timeout', message: '', retryable: true, until: 1 };
    const write: JobWrite = {
      ...nothing,
      set: [
        [['metadata', 'one'], '1'],
        [['metadata', 'two'], '2'],
        [['waits'], { a: wait }],
        [['waits', 'b'], wait],
      ],
      remove: [['failures', 'b'], ['due_at'], ['owner']],
    };
    const given = structuredClone(write);
    const next = applyWrite(job as never, write);
    const { due_at: _, ...kept } = before;
    expect(next).toEqual({
      ...kept,
      metadata: { ...before.metadata, one: '1', two: '2' },
      waits: { a: wait, b: wait },
      failures: {},
      revision: before.revision + 1,
    });
    expect(next).not.toHaveProperty('due_at');
    expect(job).toEqual(before);
    expect(write).toEqual(given);
    expect(next?.panel).toBe(job.panel);
  });

  it('has the revision that it had where no reader sees a change', () => {
    const job = someJob(systemClock);
    expect(applyWrite(job, { ...nothing, set: [[['resends'], 1]], revise: false })).toEqual({
      ...job,
      resends: 1,
    });
  });

  it('is none where a condition does not hold, or only a tombstone stands', () => {
    const job = someJob(systemClock);
    expect(applyWrite(job, { ...nothing, require: [equals(['fence'], 7)] })).toBeUndefined();
    expect(applyWrite({ ...job, deleted: true }, nothing)).toBeUndefined();
  });

  it('cannot be where nothing stands above what is written', () => {
    const write: JobWrite = { ...nothing, set: [[['webhook', 'state'], 'pending']] };
    expect(() => applyWrite(someJob(systemClock), write)).toThrow('webhook.state cannot be written');
  });
});
