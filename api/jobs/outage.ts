import { ProblemError } from '../../shared/contract/problem.ts';
import type { JobRecord } from '../../shared/job/record.ts';

/** Seconds after which an outage of the store or the queue is worth another try. */
export const OUTAGE_RETRY_SECONDS = 2;

/** The job may be there and run, or may not: the caller is told how to find out. */
export function unconfirmed(job: Pick<JobRecord, 'id' | 'keyed'>, cause: unknown): ProblemError {
  const detail = job.keyed
    ? 'The job may be stored, but it is not certain: send the same request with the same Idempotency-Key again.'
    : `The job may be stored, but it is not certain: look for it at /v1/jobs/${job.id}, and send an Idempotency-Key to be able to try again safely.`;
  return new ProblemError('submit_unconfirmed', detail, { retryAfterSeconds: OUTAGE_RETRY_SECONDS, cause });
}

/** The job could not be accepted, and nothing of it is left. */
export function withdrawn(cause: unknown): ProblemError {
  return new ProblemError('unavailable', 'The job could not be accepted, nothing of it is kept; try again.', {
    retryAfterSeconds: OUTAGE_RETRY_SECONDS,
    cause,
  });
}
