import type { BehaviourInput } from '../../local/fake-providers/behaviour.ts';
import type { Mode } from '../../shared/contract/job-request.ts';

/** How a run is set up: what the system is told, and what the world does to it. */
export interface Profile {
  jobs: number;
  /** Submitted a second. */
  rate: number;
  workers: number;
  visibilitySeconds: number;
  claimCap: number;
  deadlineSeconds: number;
  /** Room for as many claims as the cap allows. */
  poisonDeadlineSeconds: number;
  /** Numbers of the jobs that kill their workers. */
  poisonJobs: readonly number[];
  /** Drawn from, each entry as likely as any other. */
  modes: readonly Mode[];
  /** Of providers' calls, in [0, 1]. */
  failureShare: number;
  /** What those say or do. */
  failures: readonly BehaviourInput[];
  latencyMs: { min: number; max: number };
  /** Calls a second that Hugging Face's fake admits, of all workers together; more are refused. */
  admittedPerSecond: number;
}

const MODES: readonly Mode[] = ['fast', 'balanced', 'balanced', 'balanced', 'thorough'];

const QUICK_FAILURES: readonly BehaviourInput[] = [
  { reply: 'overloaded' },
  { reply: 'html_200' },
  { reply: 'not_an_object' },
  { delivery: 'reset' },
  { delivery: 'truncated' },
];

const SLOW_FAILURES: readonly BehaviourInput[] = [
  { delivery: 'trickle', pace_ms: 20 },
  { delivery: 'slow_body', pace_ms: 2000 },
  { delivery: 'hang' },
];

/** Numbers of jobs, evenly spread over the first four fifths. */
function spread(count: number, jobs: number): number[] {
  return Array.from({ length: count }, (_, index) => Math.floor(((index + 0.5) * jobs * 0.8) / count));
}

export function chaosProfile({ jobs, minutes }: { jobs: number; minutes: number }): Profile {
  const rate = jobs / (minutes * 60);
  return {
    jobs,
    rate,
    workers: 3,
    visibilitySeconds: 5,
    claimCap: 5,
    deadlineSeconds: 60,
    poisonDeadlineSeconds: 120,
    poisonJobs: spread(Math.max(1, Math.round(jobs / 2500)), jobs),
    modes: MODES,
    failureShare: 0.1,
    failures: [...QUICK_FAILURES, ...SLOW_FAILURES],
    latencyMs: { min: 100, max: 900 },
    admittedPerSecond: Math.max(2, rate * 0.9),
  };
}

/** For the test suite: over in less than half a minute on a machine that has the time. */
export function shortProfile(): Profile {
  return {
    jobs: 150,
    rate: 11,
    workers: 2,
    visibilitySeconds: 3,
    claimCap: 3,
    deadlineSeconds: 45,
    poisonDeadlineSeconds: 60,
    poisonJobs: [1],
    modes: ['fast', 'balanced'],
    failureShare: 0.05,
    failures: QUICK_FAILURES,
    latencyMs: { min: 50, max: 400 },
    admittedPerSecond: 10,
  };
}

export function soakProfile({ minutes, rate }: { minutes: number; rate: number }): Profile {
  return {
    jobs: Math.floor(minutes * 60 * rate),
    rate,
    workers: 2,
    visibilitySeconds: 15,
    claimCap: 5,
    deadlineSeconds: 60,
    poisonDeadlineSeconds: 60,
    poisonJobs: [],
    modes: MODES,
    failureShare: 0.05,
    failures: [...QUICK_FAILURES, ...SLOW_FAILURES],
    latencyMs: { min: 150, max: 900 },
    admittedPerSecond: Math.max(2, rate * 2),
  };
}
