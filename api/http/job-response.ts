import type { JobView } from '../../shared/contract/job.ts';
import { isDone } from '../../shared/contract/states.ts';
import type { JobRecord } from '../../shared/job/record.ts';
import { viewJob } from '../../shared/job/view.ts';
import type { ApiContext } from './api-app.ts';
import { etagOf } from './etag.ts';

/** How long a client does well to wait before it polls again. */
const POLL_AFTER_SECONDS = 1;

/** Sets the headers that go with a job's body, and gives the body. */
export function presentJob(c: ApiContext, job: JobRecord): JobView {
  c.set('jobId', job.id);
  c.header('ETag', etagOf(job));
  c.header('Cache-Control', 'private, no-cache');
  if (!isDone(job.status)) c.header('Retry-After', String(POLL_AFTER_SECONDS));
  return viewJob(job);
}
