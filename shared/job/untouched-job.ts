import { isDeepStrictEqual } from 'node:util';
import type { JobMessage, Untouched } from '../contract/message.ts';
import type { JobRecord } from './record.ts';

/** What a claim goes by, and refers to. */
export type ClaimableJob = Pick<
  JobRecord,
  | 'id'
  | 'create_token'
  | 'status'
  | 'revision'
  | 'fence'
  | 'claims'
  | 'started_at'
  | 'deadline_at'
  | 'panel'
  | 'ledger'
  | 'answers'
  | 'failures'
  | 'waits'
>;

/** What is the same in every job that was put and that nobody has touched since. */
export function untouchedState() {
  return {
    status: 'queued',
    revision: 1,
    fence: 0,
    claims: 0,
    ledger: {},
    answers: {},
    failures: {},
    waits: {},
  } satisfies Partial<JobRecord>;
}

/** The job as it was put, of what its message says: a claim made of it is refused where the job is another now. */
export function untouchedJob(id: string, untouched: Untouched): ClaimableJob {
  return { id, ...untouched, ...untouchedState() };
}

/** A job that was put with answers of another is not: it must be read. */
function isUntouched(job: ClaimableJob): boolean {
  const state = untouchedState();
  return (Object.keys(state) as (keyof typeof state)[]).every((field) =>
    isDeepStrictEqual(job[field], state[field]),
  );
}

/** The message that asks for a job; of one that nobody has touched it tells what a claim needs. */
export function messageOf(job: ClaimableJob): JobMessage {
  const { id: jobId, create_token, deadline_at, panel } = job;
  return { jobId, ...(isUntouched(job) && { untouched: { create_token, deadline_at, panel } }) };
}
