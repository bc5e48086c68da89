import { createDraws } from '../eval-aggregate/seeded.ts';
import { Fleet } from './fleet.ts';
import { type Datapoint, type Decision, decide, MINUTES_BELOW, type Policy } from './policies.ts';
import type { ScalingRule } from './read-rule.ts';
import type { Arrival } from './workloads.ts';

/** Assumptions that no source of ours says; terraform/scaling.md does. */
export const ASSUMED = {
  /** From the decision to the first receive: placing, fetching the image, starting. */
  startSeconds: 60,
  /** A datapoint can be seen so long after its minute. */
  metricDelaySeconds: 60,
  /** A job's CPU on half a vCPU: the worker waits for providers, and compares a few texts. */
  cpuSecondsOfJob: 0.02,
  usualSeconds: 6,
} as const;

const MINUTE = 60;

export interface Outcome {
  policy: string;
  /** Seconds from a question's arrival to its first worker; a job that is thrown back waits twice. */
  p50: number;
  p95: number;
  longest: number;
  taskHours: number;
  thrownBack: number;
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

function outcomeOf(policy: Policy, fleet: Fleet): Outcome {
  const waits = [...fleet.waits].sort((a, b) => a - b);
  return {
    policy: policy.name,
    p50: quantile(waits, 0.5),
    p95: quantile(waits, 0.95),
    longest: waits.at(-1) ?? 0,
    taskHours: fleet.taskSeconds / 3600,
    thrownBack: fleet.thrownBack,
  };
}

function measure(fleet: Fleet, at: number): Datapoint {
  const tasks = fleet.ready(at);
  const cpu = (100 * fleet.inFlight * ASSUMED.cpuSecondsOfJob) / ASSUMED.usualSeconds / Math.max(1, tasks);
  return { waiting: fleet.waiting, inFlight: fleet.inFlight, tasks, cpu };
}

/** Lives through a workload under one policy, for `seconds` and until all jobs have ended. */
export function simulate(
  policy: Policy,
  rule: ScalingRule,
  work: { arrivals: readonly Arrival[]; seconds: number; seed: number },
): Outcome {
  const { concurrency, drain } = rule;
  const { startSeconds, metricDelaySeconds } = ASSUMED;
  const options = { concurrency, startSeconds, drainSeconds: drain, spares: policy.spares };
  const fleet = new Fleet({ ...options, draw: createDraws(work.seed) }, policy.min);
  const points: { at: number; point: Datapoint }[] = [];
  let decision: Decision = { tasks: policy.min, changedAt: Number.NEGATIVE_INFINITY };
  let next = 0;
  for (let at = 0; at < work.seconds || fleet.waiting + fleet.inFlight > 0; at += 1) {
    const first = next;
    while ((work.arrivals[next]?.at ?? Number.POSITIVE_INFINITY) < at) next += 1;
    fleet.step(at, work.arrivals.slice(first, next));
    if (at % MINUTE !== 0) continue;
    points.push({ at, point: measure(fleet, at) });
    const seen = points.filter((one) => one.at + metricDelaySeconds <= at).slice(-MINUTES_BELOW);
    decision = decide(
      policy,
      rule,
      seen.map(({ point }) => point),
      { ...decision, at },
    );
    fleet.scaleTo(decision.tasks, at);
  }
  return outcomeOf(policy, fleet);
}
