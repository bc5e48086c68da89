import type { JobRecord } from '../../shared/job/record.ts';

/** A call shorter than this is not worth its price. */
export const SHORTEST_CALL_MS = 500;

/** What writing the end takes, at the worst that is planned for. */
const FINISH_MS = 750;

/** A job is given back to the queue rather than hold a slot for longer than this without a call under way. */
export const SLOT_PATIENCE_MS = 15_000;

export interface Timing {
  /** Consulting ends here where there is something to merge. */
  consultUntil: number;
  /** Nothing that must be part of the merged answer may end later. */
  mergeUntil: number;
  /** The deadline: late answers are awaited up to here. */
  callsUntil: number;
}

/** One deadline, from submit through queue wait, calls and merging. All in epoch milliseconds. */
export function timingOf(job: JobRecord, mergeReserveSeconds: number): Timing {
  const totalMs = job.deadline_at - job.created_at;
  const reserveMs = Math.min(mergeReserveSeconds * 1000, totalMs / 5);
  const finishMs = Math.min(FINISH_MS, reserveMs / 2);
  return {
    consultUntil: job.deadline_at - reserveMs,
    mergeUntil: job.deadline_at - finishMs,
    callsUntil: job.deadline_at,
  };
}
