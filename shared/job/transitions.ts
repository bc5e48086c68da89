import { type JobStatus, mayBecome } from '../contract/states.ts';
import {
  absent,
  type Condition,
  equals,
  type JobPath,
  type JobValue,
  type JobWrite,
  present,
} from './job-write.ts';
import type { Attempt, JobRecord } from './record.ts';
import type { ClaimableJob } from './untouched-job.ts';

type Sets = (readonly [JobPath, JobValue])[];

/** Only the owner of the fence may decide, and only while the job has the status that the decision was made on. */
export function fenced(job: Pick<JobRecord, 'fence' | 'status'>): Condition[] {
  return [equals(['fence'], job.fence), equals(['status'], job.status)];
}

/** Whoever owns the fence may go on, but not once the job is being canceled. */
export function stillRunning(job: JobRecord): Condition[] {
  return [equals(['fence'], job.fence), equals(['status'], 'running')];
}

export function assertMayBecome(job: Pick<JobRecord, 'id' | 'status'>, next: JobStatus): void {
  if (!mayBecome(job.status, next))
    throw new Error(`job ${job.id} is ${job.status} and cannot become ${next}`);
}

export function ledgerLines(attempts: Record<string, Attempt>): Sets {
  const sets: Sets = [];
  for (const [id, attempt] of Object.entries(attempts)) sets.push([['ledger', id], attempt]);
  return sets;
}

/** A provider that has answered in the meantime, perhaps to a former owner, is not called again. */
function stillUnanswered(attempts: Record<string, Attempt>): Condition[] {
  return Object.values(attempts).map(hasNoAnswer);
}

const hasNoAnswer = ({ provider }: Attempt): Condition => absent('answers', provider);
const waitOf = ({ provider }: Attempt): JobPath => ['waits', provider];

/** Those of a job that is written as it is known: there are no others. */
function knownWaits({ waits }: ClaimableJob, attempts: Record<string, Attempt>): JobPath[] {
  const paths: JobPath[] = [];
  for (const attempt of Object.values(attempts)) if (waits[attempt.provider]) paths.push(waitOf(attempt));
  return paths;
}

/** A worker takes the job, and writes down the calls that it starts at once. */
export function claimWrite(
  job: ClaimableJob,
  claim: { owner: string; now: number; dueAt: number; attempts: Record<string, Attempt> },
): JobWrite {
  assertMayBecome(job, 'running');
  return {
    id: job.id,
    // What a former owner wrote since the job was read, a call or an answer, must not be written over; nor may another
    // job be taken that was put under this id since, or a provider be called whose answer nobody told of.
    require: [
      ...fenced(job),
      equals(['revision'], job.revision),
      equals(['create_token'], job.create_token),
      ...stillUnanswered(claim.attempts),
    ],
    set: [
      [['status'], 'running'],
      [['phase'], 'consulting'],
      [['fence'], job.fence + 1],
      [['owner'], claim.owner],
      [['claimed_at'], claim.now],
      [['claims'], job.claims + 1],
      [['started_at'], job.started_at ?? claim.now],
      [['due_at'], claim.dueAt],
      ...ledgerLines(claim.attempts),
    ],
    remove: knownWaits(job, claim.attempts),
    revise: true,
  };
}

/** An owner that shuts down gives the job back as it is; the claim does not count. */
export function releaseWrite(job: JobRecord, dueAt: number): JobWrite {
  return {
    id: job.id,
    require: [...fenced(job), present('owner')],
    set: [
      [['fence'], job.fence + 1],
      [['claims'], Math.max(0, job.claims - 1)],
      [['due_at'], dueAt],
    ],
    remove: [['owner'], ['claimed_at']],
    revise: true,
  };
}

/** Calls are counted before they are made. */
export function attemptsWrite(job: JobRecord, attempts: Record<string, Attempt>): JobWrite {
  return {
    id: job.id,
    require: [...stillRunning(job), ...stillUnanswered(attempts)],
    set: ledgerLines(attempts),
    remove: Object.values(attempts).map(waitOf),
    revise: true,
  };
}

/** A merging model is about to be called. */
export function mergingWrite(job: JobRecord, attempts: Record<string, Attempt>): JobWrite {
  return {
    id: job.id,
    require: stillRunning(job),
    set: [[['phase'], 'aggregating'], ...ledgerLines(attempts)],
    remove: [],
    revise: true,
  };
}

/** A job that runs is asked to stop; its worker ends it, or, where there is none, the sweeper does. */
export function cancelingWrite(job: JobRecord, now: number): JobWrite {
  assertMayBecome(job, 'canceling');
  return {
    id: job.id,
    require: fenced(job),
    set: [
      [['status'], 'canceling'],
      [['due_at'], now],
    ],
    remove: [],
    revise: true,
  };
}

/** The sweeper's bookkeeping: of many, one moves the date, and counts what it sent. Readers see nothing of it. */
export function postponeWrite(job: JobRecord, dueAt: number, resends: number): JobWrite {
  return {
    id: job.id,
    require: [equals(['due_at'], job.due_at ?? 0)],
    set: [
      [['due_at'], dueAt],
      [['resends'], resends],
    ],
    remove: [],
    revise: false,
  };
}
