import { ProblemError } from '../../shared/contract/problem.ts';
import { isDone } from '../../shared/contract/states.ts';
import type { JobRecord } from '../../shared/job/record.ts';
import { StoreUnavailableError } from '../../shared/ports/store.ts';
import type { ApiDeps } from '../deps.ts';
import type { ApiContext } from '../http/api-app.ts';
import { presentJob } from '../http/job-response.ts';
import { replyJson, setHeader } from '../http/reply.ts';
import type { Accepted } from '../jobs/accept-job.ts';
import { holdBack } from './hold-back.ts';

/**
 * Neither an outage while the caller waits nor too many who wait already take anything back: the job is accepted,
 * and the caller must learn its id.
 */
async function waitIfAsked(c: ApiContext, deps: ApiDeps, job: JobRecord): Promise<JobRecord | undefined> {
  try {
    return await holdBack(c, deps, job);
  } catch (error) {
    if (error instanceof ProblemError && error.code === 'too_many_streams') return undefined;
    if (!(error instanceof StoreUnavailableError)) throw error;
    deps.log.warn({ err: error, job_id: job.id }, 'a job that was accepted could not be waited for');
    return undefined;
  }
}

/** 202 with where to look; 200 where the caller waited and the job is done. */
export async function respondAccepted(c: ApiContext, deps: ApiDeps, { job, replayed }: Accepted) {
  c.set('jobId', job.id);
  const waited = await waitIfAsked(c, deps, job);
  setHeader(c, 'location', `/v1/jobs/${job.id}`);
  if (replayed) setHeader(c, 'idempotent-replayed', 'true');
  const view = presentJob(c, waited ?? job);
  return waited && isDone(waited.status) ? replyJson(c, view, 200) : replyJson(c, view, 202);
}
