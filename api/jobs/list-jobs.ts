import { ProblemError } from '../../shared/contract/problem.ts';
import type { JobStatus } from '../../shared/contract/states.ts';
import type { JobRecord } from '../../shared/job/record.ts';
import { BadCursorError, type JobPage } from '../../shared/ports/store.ts';
import type { ApiDeps } from '../deps.ts';
import { settle } from './read-job.ts';

export interface JobQuery {
  status?: JobStatus;
  limit: number;
  cursor?: string;
}

async function readPage(
  { store }: Pick<ApiDeps, 'store'>,
  client: string,
  query: JobQuery,
): Promise<JobPage> {
  try {
    return await store.listJobs(client, query);
  } catch (error) {
    if (!(error instanceof BadCursorError)) throw error;
    throw new ProblemError('invalid_request', 'The cursor is not one that this list gave out.', {
      errors: [{ at: 'query:cursor', message: error.message }],
      cause: error,
    });
  }
}

/** A client's jobs, newest first. The index lags: what ended or was deleted since is left out, so a page may be short. */
export async function listJobs(
  deps: Pick<ApiDeps, 'store' | 'clock'>,
  client: string,
  query: JobQuery,
): Promise<{ jobs: JobRecord[]; cursor: string | undefined }> {
  const page = await readPage(deps, client, query);
  const settled = await Promise.all(page.jobs.map((job) => settle(deps, job)));
  const jobs = settled.filter((job) => job !== undefined);
  return {
    jobs: jobs.filter((job) => query.status === undefined || job.status === query.status),
    cursor: page.cursor,
  };
}
