import { type Store, StoreUnavailableError } from '../ports/store.ts';
import { endWrite, isOverdue, overdueEnd } from './ends.ts';
import type { JobRecord } from './record.ts';

const TRIES_MAX = 5;

/** `job` as it stands now, undefined where it is gone; `ended` where this very call wrote its end. */
export interface Settled {
  job: JobRecord | undefined;
  ended: JobRecord | undefined;
}

/** Whoever meets a job past its deadline writes its end before showing it. Rejects with `StoreUnavailableError`. */
export async function settleOverdue(store: Store, job: JobRecord, now: number): Promise<Settled> {
  let current: JobRecord | undefined = job;
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    if (!current || !isOverdue(current, now)) return { job: current, ended: undefined };
    const result = await store.writeJob(endWrite(current, overdueEnd(current), now), current);
    if (result.applied) return { job: result.job, ended: result.job };
    // Somebody else moved the job on: look at what it became.
    current = result.job;
  }
  throw new StoreUnavailableError('ending an overdue job', 'the job changes faster than it can be ended');
}
