import type { JobView } from '../../../client.ts';
import type { Messages } from '../language/en.ts';

/** A job's state in a few words. */
export function stateOf(job: JobView, say: Messages): string {
  if (job.degraded) return say.job.degradedState;
  return job.phase === 'aggregating' ? say.job.merging : say.job.status[job.status];
}
