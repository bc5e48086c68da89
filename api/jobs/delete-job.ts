import { ProblemError } from '../../shared/contract/problem.ts';
import { tombstoneWrite } from '../../shared/job/tombstone.ts';
import type { ApiDeps } from '../deps.ts';
import { findOwnJob } from './read-job.ts';

/** Deletes an ended job of its client. What is not there, or not theirs, is gone as far as they can tell. */
export async function deleteJob(
  deps: Pick<ApiDeps, 'store' | 'clock'>,
  client: string,
  id: string,
): Promise<void> {
  if (!(await findOwnJob(deps, client, id))) return;
  const result = await deps.store.writeJob(tombstoneWrite(id));
  if (result.applied || !result.job || result.job.deleted) return;
  throw new ProblemError('cancel_first', `The job is ${result.job.status}: cancel it, then delete it.`);
}
