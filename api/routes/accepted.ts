import { isDone } from '../../shared/contract/states.ts';
import type { JobRecord } from '../../shared/job/record.ts';
import type { ApiDeps } from '../deps.ts';
import type { ApiContext } from '../http/api-app.ts';
import { presentJob } from '../http/job-response.ts';
import { preferredWaitSeconds } from '../http/prefer.ts';
import type { Accepted } from '../jobs/accept-job.ts';
import { waitForEnd } from '../jobs/wait-for-end.ts';

/** Holds a job's response back as long as Prefer asks for; says so where it did. */
export async function waitAsPreferred(c: ApiContext, deps: ApiDeps, job: JobRecord): Promise<JobRecord> {
  const waitSeconds = preferredWaitSeconds(c.req.header('Prefer'), deps.config.maxWaitSeconds);
  if (waitSeconds === undefined) return job;
  const latest = await waitForEnd(deps, job, waitSeconds * 1000, c.req.raw.signal);
  c.header('Preference-Applied', `wait=${waitSeconds}`);
  return latest;
}

/** 202 with where to look; 200 where the caller waited and the job is done. */
export async function respondAccepted(c: ApiContext, deps: ApiDeps, accepted: Accepted) {
  c.set('jobId', accepted.job.id);
  const job = await waitAsPreferred(c, deps, accepted.job);
  const waited = preferredWaitSeconds(c.req.header('Prefer'), deps.config.maxWaitSeconds) !== undefined;
  c.header('Location', `/v1/jobs/${job.id}`);
  if (accepted.replayed) c.header('Idempotent-Replayed', 'true');
  const view = presentJob(c, job);
  return waited && isDone(job.status) ? c.json(view, 200) : c.json(view, 202);
}
