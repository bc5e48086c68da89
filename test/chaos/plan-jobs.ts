import type { BehaviourInput } from '../../local/fake-providers/behaviour.ts';
import type { Mode, Strategy } from '../../shared/contract/job-request.ts';
import { seededDraws } from '../../worker/providers/simulated/seeded-draws.ts';
import type { SeenCall } from './chaos-provider.ts';
import type { Profile } from './profile.ts';

export interface PlannedJob {
  number: number;
  mode: Mode;
  strategy: Strategy;
  deadline_seconds: number;
  /** Every worker that calls a provider for it is killed. */
  poison: boolean;
}

function pick<T>(items: readonly T[], draw: number): T {
  return items[Math.floor(draw * items.length)] as T;
}

/** The job of this number: the same for the same seed. */
export function planJob(seed: number, number: number, profile: Profile): PlannedJob {
  const [mode, strategy] = seededDraws(String(seed), 'job', String(number));
  const poison = profile.poisonJobs.includes(number);
  return {
    number,
    mode: pick(profile.modes, mode),
    strategy: strategy < 0.8 ? 'synthesis' : 'consensus',
    deadline_seconds: poison ? profile.poisonDeadlineSeconds : profile.deadlineSeconds,
    poison,
  };
}

/** What a provider says to the `nth` call (from 1) of its kind for one job: the same for the same seed. */
export function planReply(seed: number, call: SeenCall, nth: number, profile: Profile): BehaviourInput {
  const parts = [String(seed), String(call.job), call.provider, call.purpose, String(nth)];
  const [fate, failure, latency] = seededDraws(...parts);
  const { min, max } = profile.latencyMs;
  const delay_ms = Math.round(min + latency * (max - min));
  if (fate >= profile.failureShare) return { delay_ms };
  return { delay_ms, ...pick(profile.failures, failure) };
}
