import type { JobView } from '../../shared/contract/job.ts';
import { isDone } from '../../shared/contract/states.ts';
import type { JobRecord } from '../../shared/job/record.ts';
import { viewJob } from '../../shared/job/view.ts';
import type { ApiContext } from './api-app.ts';
import { etagOf } from './etag.ts';
import { setHeader } from './reply.ts';

/** How long a client does well to wait before it polls again. */
const POLL_AFTER_SECONDS = 1;

/** Sets the headers that go with a job. */
export function setJobHeaders(c: ApiContext, job: JobRecord): void {
  c.set('jobId', job.id);
  setHeader(c, 'etag', etagOf(job));
  setHeader(c, 'cache-control', 'private, no-cache');
  if (!isDone(job.status)) setHeader(c, 'retry-after', String(POLL_AFTER_SECONDS));
}

/** Sets the headers that go with a job's body, and gives the body. */
export function presentJob(c: ApiContext, job: JobRecord): JobView {
  setJobHeaders(c, job);
  return viewJob(job);
}
