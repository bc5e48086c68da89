import type { JobRequest } from '../../shared/contract/job-request.ts';
import type { JobRecord } from '../../shared/job/record.ts';
import type { ApiDeps } from '../deps.ts';
import { type Accepted, acceptJob, putOnce } from './accept-job.ts';
import { answerFromCache } from './cached-job.ts';
import { type Caller, planJob } from './plan-job.ts';
import { replay } from './replay.ts';

/** The job that this key made before, if it did. */
export async function replayOf(deps: ApiDeps, planned: JobRecord): Promise<Accepted | undefined> {
  if (!planned.keyed) return undefined;
  const existing = await deps.store.getJob(planned.id);
  return existing && { job: await replay(deps, existing, planned.payload_hash), replayed: true };
}

/** Nothing runs for a job that was answered from the cache: it is put as it ended, and no message is sent. */
async function putAnswered(deps: ApiDeps, job: JobRecord): Promise<Accepted> {
  const existing = await putOnce(deps, job);
  if (!existing) return { job, replayed: false };
  return { job: await replay(deps, existing, job.payload_hash), replayed: true };
}

/** Accepts a question, or says in a `ProblemError` why not; what was refused has left nothing behind. */
export async function submitJob(deps: ApiDeps, caller: Caller, request: JobRequest): Promise<Accepted> {
  const planned = planJob(deps, caller, request);
  const replayed = await replayOf(deps, planned);
  if (replayed) return replayed;
  const answered = await answerFromCache(deps, planned);
  if (answered) return putAnswered(deps, answered);
  await deps.backlog.assertRoom();
  return acceptJob(deps, planned, { counted: true });
}
