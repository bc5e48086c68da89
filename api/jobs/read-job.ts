import { ProblemError } from '../../shared/contract/problem.ts';
import type { JobRecord } from '../../shared/job/record.ts';
import { settleOverdue } from '../../shared/job/settle-overdue.ts';
import type { ApiDeps } from '../deps.ts';

type Reading = Pick<ApiDeps, 'store' | 'clock'>;

/** A job that was read, ended first where its time is over; undefined where its client deleted it. */
export async function settle({ store, clock }: Reading, job: JobRecord): Promise<JobRecord | undefined> {
  const { job: settled } = await settleOverdue(store, job, clock.now());
  return settled?.deleted ? undefined : settled;
}

/** The job as it stands now; undefined where there is none. Rejects with `StoreUnavailableError`. */
export async function readJob(deps: Reading, id: string): Promise<JobRecord | undefined> {
  const job = await deps.store.getJob(id);
  return job && settle(deps, job);
}

export function noSuchJob(): ProblemError {
  return new ProblemError('not_found', 'There is no such job.');
}

/** As `readJob`, for its client; to anybody else the job does not exist, and nothing is written to it. */
export async function findOwnJob(deps: Reading, client: string, id: string): Promise<JobRecord | undefined> {
  const job = await deps.store.getJob(id);
  return job?.client === client ? settle(deps, job) : undefined;
}

export async function readOwnJob(deps: Reading, client: string, id: string): Promise<JobRecord> {
  const job = await findOwnJob(deps, client, id);
  if (!job) throw noSuchJob();
  return job;
}
