import { ProblemError } from '../../shared/contract/problem.ts';
import { endWrite } from '../../shared/job/ends.ts';
import type { JobWrite } from '../../shared/job/job-write.ts';
import type { JobRecord } from '../../shared/job/record.ts';
import { cancelingWrite } from '../../shared/job/transitions.ts';
import type { ApiDeps } from '../deps.ts';
import { noSuchJob, readOwnJob, settle } from './read-job.ts';

/** What a cancel has to write; undefined where the job is, or is becoming, canceled already. */
function cancelWrite(job: JobRecord, now: number): JobWrite | undefined {
  switch (job.status) {
    case 'queued':
      return endWrite(job, { status: 'canceled' }, now);
    case 'running':
      return cancelingWrite(job, now);
    case 'canceling':
    case 'canceled':
      return undefined;
    default:
      throw new ProblemError(
        'already_ended',
        `The job has ended as ${job.status}: nothing is left to cancel.`,
      );
  }
}

/** The job as it stands once it was told to stop: `canceled` where nobody had begun it, else `canceling`. */
export async function cancelJob(
  deps: Pick<ApiDeps, 'store' | 'clock'>,
  client: string,
  id: string,
): Promise<JobRecord> {
  let job: JobRecord | undefined = await readOwnJob(deps, client, id);
  // A refused write means that somebody else moved the job on; a job has few ways left to go.
  while (job) {
    const write = cancelWrite(job, deps.clock.now());
    if (!write) return job;
    const result = await deps.store.writeJob(write);
    if (result.applied) return result.job;
    job = result.job && (await settle(deps, result.job));
  }
  throw noSuchJob();
}
