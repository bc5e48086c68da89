import type { JobRequest } from '../../shared/contract/job-request.ts';
import type { JobRecord } from '../../shared/job/record.ts';
import type { ApiDeps } from '../deps.ts';
import { observeSubmit } from '../metrics.ts';
import { type Accepted, acceptJob, replayOf } from './accept-job.ts';
import { answerFromCache } from './cached-job.ts';
import { putOnce } from './place-job.ts';
import { type Caller, identify, planJob } from './plan-job.ts';
import { replay } from './replay.ts';

/** Nothing runs for a job that was answered from the cache: it is put as it ended, and no message is sent. */
async function putAnswered(deps: ApiDeps, job: JobRecord): Promise<Accepted> {
  const existing = await putOnce(deps, job);
  if (!existing) return { job, replayed: false };
  return { job: await replay(deps, existing, job.payload_hash), replayed: true };
}

async function submit(deps: ApiDeps, caller: Caller, request: JobRequest): Promise<Accepted> {
  const identity = identify(deps, caller);
  // Before anything is checked: what the panel was when the job was made is not what it is now.
  const replayed = await replayOf(deps, identity);
  if (replayed) return replayed;
  const planned = planJob(deps, identity, request);
  const answered = await answerFromCache(deps, planned);
  if (answered) return putAnswered(deps, answered);
  await deps.backlog.assertRoom();
  return acceptJob(deps, planned, { counted: true });
}

/** Accepts a question, or says in a `ProblemError` why not; what was refused has left nothing behind. */
export function submitJob(deps: ApiDeps, caller: Caller, request: JobRequest): Promise<Accepted> {
  return observeSubmit(deps.meters, () => submit(deps, caller, request));
}
