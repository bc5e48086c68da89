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
  /** Jobs at once in each worker. */
  concurrency: number;
  deadlineSeconds: number;
  /** Room for as many claims as the cap allows. */
  poisonDeadlineSeconds: number;
  /** Numbers of the jobs that kill their workers. */
  poisonJobs: readonly number[];
  /** Whether a job of a killed worker that has nobody for too long fails the run; a busy machine would. */
  judgesRecovery: boolean;
  /** Drawn from, all entries alike. */
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
    concurrency: 60,
    deadlineSeconds: 120,
    // Behind a backlog each of its claims waits for its turn.
    poisonDeadlineSeconds: 600,
    poisonJobs: spread(Math.max(1, Math.round(jobs / 2500)), jobs),
    judgesRecovery: true,
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
    jobs: 120,
    rate: 8,
    workers: 2,
    visibilitySeconds: 5,
    claimCap: 3,
    // Few enough die with the job that kills its workers, to be run one by one after that.
    concurrency: 6,
    // Much longer than it takes: what is shown here must hold on a machine that is busy, too.
    deadlineSeconds: 100,
    poisonDeadlineSeconds: 150,
    poisonJobs: [1],
    judgesRecovery: false,
    modes: ['fast', 'balanced'],
    failureShare: 0.05,
    failures: QUICK_FAILURES,
    latencyMs: { min: 50, max: 400 },
    admittedPerSecond: 7,
  };
}

export function soakProfile({ minutes, rate }: { minutes: number; rate: number }): Profile {
  return {
    jobs: Math.floor(minutes * 60 * rate),
    rate,
    workers: 2,
    visibilitySeconds: 15,
    claimCap: 5,
    concurrency: 20,
    deadlineSeconds: 60,
    poisonDeadlineSeconds: 60,
    poisonJobs: [],
    judgesRecovery: false,
    modes: MODES,
    failureShare: 0.05,
    failures: [...QUICK_FAILURES, ...SLOW_FAILURES],
    latencyMs: { min: 150, max: 900 },
    admittedPerSecond: Math.max(2, rate * 2),
  };
}
