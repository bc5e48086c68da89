import { isDone } from '../../shared/contract/states.ts';
import type { JobRecord } from '../../shared/job/record.ts';
import type { ApiDeps } from '../deps.ts';
import type { ApiContext } from '../http/api-app.ts';
import { preferredWaitSeconds } from '../http/prefer.ts';
import { setHeader } from '../http/reply.ts';
import { waitForEnd } from '../jobs/wait-for-end.ts';

/**
 * The job after as long a wait as Prefer asks for, which the response then says; undefined where it asks for none.
 * Rejects with `too_many_streams` where it would have to wait and too many do.
 */
export async function holdBack(c: ApiContext, deps: ApiDeps, job: JobRecord): Promise<JobRecord | undefined> {
  const waitSeconds = preferredWaitSeconds(c.req.header('Prefer'), deps.config.maxWaitSeconds);
  if (waitSeconds === undefined) return undefined;
  const waits = waitSeconds > 0 && !isDone(job.status);
  const giveBack = waits ? deps.streams.take(job.client) : () => {};
  const waiting = waitForEnd(deps, job, waitSeconds * 1000, c.req.raw.signal);
  const latest = await waiting.finally(giveBack);
  setHeader(c, 'preference-applied', `wait=${waitSeconds}`);
  return latest;
}
