import type { Store } from '../ports/store.ts';
import { endWrite, isOverdue, overdueEnd } from './ends.ts';
import type { JobRecord } from './record.ts';

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
  // A refused write means that somebody else moved the job on: look at what it became.
  while (current && isOverdue(current, now)) {
    const result = await store.writeJob(endWrite(current, overdueEnd(current), now));
    current = result.job;
  }
  return current;
}
