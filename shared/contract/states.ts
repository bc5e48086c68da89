/** A job's life. The drawing is in docs/architecture.md; this table is what the code obeys. */
export const JOB_STATUSES = [
  'queued',
  'running',
  'canceling',
  'succeeded',
  'failed',
  'canceled',
  'expired',
] as const;

export type JobStatus = (typeof JOB_STATUSES)[number];

export const JOB_PHASES = ['consulting', 'aggregating'] as const;

export type JobPhase = (typeof JOB_PHASES)[number];

const NEXT: Record<JobStatus, readonly JobStatus[]> = {
  queued: ['running', 'canceled', 'failed', 'expired'],
  running: ['running', 'canceling', 'succeeded', 'failed', 'canceled'],
  canceling: ['canceled'],
  succeeded: [],
  failed: [],
  canceled: [],
  expired: [],
};

/** True once nothing about the job's status, answer or agreement can change any more. */
export function isDone(status: JobStatus): boolean {
  return NEXT[status].length === 0;
}

export function mayBecome(from: JobStatus, to: JobStatus): boolean {
  return NEXT[from].includes(to);
}
