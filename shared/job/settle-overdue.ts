import { type Store, StoreUnavailableError } from '../ports/store.ts';
import { endWrite, isOverdue, overdueEnd } from './ends.ts';
import type { JobRecord } from './record.ts';

const TRIES_MAX = 5;

/**
 * Whoever meets a job past its deadline writes its end before showing it.
 * Returns the job as it stands then; undefined where it is gone. Rejects with `StoreUnavailableError`.
 */
export async function settleOverdue(
  store: Store,
  job: JobRecord,
  now: number,
): Promise<JobRecord | undefined> {
  let current: JobRecord | undefined = job;
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    if (!current || !isOverdue(current, now)) return current;
    // A refused write means that somebody else moved the job on: look at what it became.
    const result = await store.writeJob(endWrite(current, overdueEnd(current), now));
    current = result.job;
  }
  throw new StoreUnavailableError('ending an overdue job', 'the job changes faster than it can be ended');
}
