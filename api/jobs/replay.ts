import { ProblemError } from '../../shared/contract/problem.ts';
import type { JobRecord } from '../../shared/job/record.ts';
import { sendJob } from '../../shared/job/send-job.ts';
import type { ApiDeps } from '../deps.ts';
import { unconfirmed } from './outage.ts';
import { settle } from './read-job.ts';

function deleted(): ProblemError {
  return new ProblemError('deleted', 'The job of this Idempotency-Key was deleted: use another key.');
}

/**
 * What a request with a key that was used before is answered: the job as it stands.
 * While nobody works on it its message is sent again, so that a submit that was cut short is made good.
 */
export async function replay(
  deps: Pick<ApiDeps, 'store' | 'queue' | 'clock'>,
  existing: JobRecord,
  payloadHash: string,
): Promise<JobRecord> {
  if (existing.deleted) throw deleted();
  if (existing.payload_hash !== payloadHash) {
    throw new ProblemError(
      'idempotency_mismatch',
      'This Idempotency-Key was used with another request: use a new key, or send the same request again.',
    );
  }
  const job = await settle(deps, existing);
  if (!job) throw deleted();
  if (job.status === 'queued') {
    try {
      await sendJob(deps.queue, job);
    } catch (error) {
      throw unconfirmed(job, error);
    }
  }
  return job;
}
