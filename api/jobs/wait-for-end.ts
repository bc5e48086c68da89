import { isDone } from '../../shared/contract/states.ts';
import type { JobRecord } from '../../shared/job/record.ts';
import type { ApiDeps } from '../deps.ts';
import { settlesWithin } from '../settles-within.ts';
import { noSuchJob } from './read-job.ts';

/**
 * The job as it stands when it ends, when `waitMs` are over or when its client leaves.
 * Rejects with `StoreUnavailableError` where the store did not answer at the end of the wait.
 */
export async function waitForEnd(
  { watchers, clock }: Pick<ApiDeps, 'watchers' | 'clock'>,
  job: JobRecord,
  waitMs: number,
  left: AbortSignal,
): Promise<JobRecord> {
  if (isDone(job.status) || waitMs <= 0 || left.aborted) return job;
  let latest: JobRecord | undefined = job;
  const ended = Promise.withResolvers<void>();
  const leave = () => ended.resolve();
  const subscription = watchers.subscribe(job, (seen, final) => {
    latest = seen;
    if (final) ended.resolve();
  });
  left.addEventListener('abort', leave, { once: true });
  try {
    const inTime = await settlesWithin(clock, ended.promise, waitMs);
    const failure = subscription.failure();
    if (!inTime && failure !== undefined) throw failure;
  } finally {
    left.removeEventListener('abort', leave);
    subscription.end();
  }
  if (!latest) throw noSuchJob();
  return latest;
}
