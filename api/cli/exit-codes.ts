import type { JobView } from '../client.ts';

/** What the command line ends with; its help explains them. */
export const EXIT = {
  ok: 0,
  failed: 1,
  usage: 2,
  degraded: 3,
  timedOut: 4,
  refused: 5,
  unreachable: 6,
  canceled: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The verdict on a job; one that still runs is fine so far. */
export function exitCodeOf({ status, degraded, error }: JobView): ExitCode {
  if (status === 'succeeded') return degraded ? EXIT.degraded : EXIT.ok;
  if (status === 'canceled') return EXIT.canceled;
  if (status === 'expired' || error?.code === 'deadline_exceeded') return EXIT.timedOut;
  return status === 'failed' ? EXIT.failed : EXIT.ok;
}

const WORST_FIRST: ExitCode[] = [
  EXIT.unreachable,
  EXIT.canceled,
  EXIT.failed,
  EXIT.timedOut,
  EXIT.refused,
  EXIT.degraded,
];

/** One code for many jobs: the one that says most about what is missing. */
export function worstOf(codes: readonly ExitCode[]): ExitCode {
  return WORST_FIRST.find((code) => codes.includes(code)) ?? EXIT.ok;
}
