import type { JobErrorCode } from '../contract/job.ts';
import type { WebhookEvent } from '../contract/job-request.ts';
import { DEADLINE_GRACE_MS, LIMITS } from '../contract/limits.ts';
import { isDone, type JobStatus } from '../contract/states.ts';
import type { JobPath, JobValue, JobWrite } from './job-write.ts';
import type { Attempt, JobRecord, Merged } from './record.ts';
import { assertMayBecome, fenced, ledgerLines } from './transitions.ts';

export type EndStatus = Extract<JobStatus, 'succeeded' | 'failed' | 'canceled' | 'expired'>;

/** What an end says beside its status. */
export interface End {
  status: EndStatus;
  error?: { code: JobErrorCode; message: string; retryable: boolean };
  /** Where the answers were looked at: which, what was kept of them, what was made of them. */
  verdict?: {
    considered: string[];
    filtered: Record<string, string>;
    quorumGot: number;
    degraded: boolean;
    merged?: Merged;
  };
  /** Lines of merging calls that ended since the last write. */
  ledger?: Record<string, Attempt>;
}

type Sets = (readonly [JobPath, JobValue])[];

function verdictSets(end: End): Sets {
  if (!end.verdict) return [];
  const { considered, filtered, quorumGot, degraded, merged } = end.verdict;
  return [
    [['considered'], considered],
    [['filtered'], filtered],
    [['quorum_got'], quorumGot],
    [['degraded'], degraded],
    ...(merged ? [[['merged'], merged] as const] : []),
  ];
}

/** A webhook is part of the job: until it is delivered, the job stays due. */
function afterwards(job: JobRecord, status: EndStatus, now: number): { set: Sets; remove: JobPath[] } {
  const wanted = job.webhook?.events.includes(`job.${status}` satisfies WebhookEvent);
  if (wanted) {
    return {
      set: [
        [['webhook', 'state'], 'pending'],
        [['due_at'], now],
      ],
      remove: [],
    };
  }
  return {
    set: job.webhook ? [[['webhook', 'state'], 'unwanted']] : [],
    remove: [['open_shard'], ['due_at']],
  };
}

/**
 * The one way in which a job ends, whoever writes it. It raises the fence,
 * so that nobody who owned the job before can decide anything after.
 */
export function endWrite(job: JobRecord, end: End, now: number): JobWrite {
  assertMayBecome(job, end.status);
  const after = afterwards(job, end.status, now);
  return {
    id: job.id,
    require: fenced(job),
    set: [
      [['status'], end.status],
      [['fence'], job.fence + 1],
      [['finished_at'], now],
      [['expires_at'], expiresAt(now)],
      ...(end.error ? [[['error'], end.error] as const] : []),
      ...verdictSets(end),
      ...ledgerLines(end.ledger ?? {}),
      ...after.set,
    ],
    remove: [['owner'], ['claimed_at'], ['phase'], ...after.remove],
    revise: true,
  };
}

/** Epoch seconds after which a job that ended, or was made, at `now` is gone. */
export function expiresAt(now: number): number {
  return Math.ceil(now / 1000) + LIMITS.retentionSeconds;
}

/** True where a job's time is over and nobody has ended it: whoever sees that writes the end. */
export function isOverdue(job: Pick<JobRecord, 'status' | 'deadline_at'>, now: number): boolean {
  return !isDone(job.status) && now >= job.deadline_at + DEADLINE_GRACE_MS;
}

/** The end of a job whose deadline passed without its worker's word. */
export function overdueEnd(job: JobRecord): End {
  if (job.status === 'canceling') return { status: 'canceled' };
  if (job.started_at === undefined) {
    return {
      status: 'expired',
      error: {
        code: 'expired',
        message: 'The deadline passed before a worker took the job; no provider was called.',
        retryable: true,
      },
    };
  }
  return {
    status: 'failed',
    error: {
      code: 'deadline_exceeded',
      message:
        'The deadline passed before the answers were merged; those that arrived are kept and can be merged.',
      retryable: true,
    },
  };
}

/** The status that a read of the job at `now` shows, which ends it first where its time is over. */
export function statusAt(job: JobRecord, now: number): JobStatus {
  return isOverdue(job, now) ? overdueEnd(job).status : job.status;
}
