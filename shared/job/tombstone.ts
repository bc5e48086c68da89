import { isDone, JOB_STATUSES } from '../contract/states.ts';
import { type JobWrite, oneOf } from './job-write.ts';

/**
 * What is left of a job that its client deleted: no content, listed nowhere, a 404 to readers.
 * The row stays until it expires, so that no id, and no Idempotency-Key, lives twice.
 */
export function tombstoneWrite(id: string): JobWrite {
  return {
    id,
    require: [oneOf(['status'], JOB_STATUSES.filter(isDone))],
    set: [
      [['deleted'], true],
      [['question'], ''],
      [['metadata'], {}],
      [['answers'], {}],
      [['failures'], {}],
      [['waits'], {}],
      [['filtered'], {}],
    ],
    remove: [
      ['merged'],
      ['error'],
      ['language'],
      ['webhook'],
      ['cache_hash'],
      ['created_at_id'],
      ['open_shard'],
      ['due_at'],
    ],
    revise: true,
  };
}
