import type { ScalingRule } from './read-rule.ts';

/** One minute of the metrics, as CloudWatch has them. */
export interface Datapoint {
  waiting: number;
  inFlight: number;
  /** Running tasks. */
  tasks: number;
  /** Per cent of the running tasks' CPU. */
  cpu: number;
}

export type Spares = 'with pauses' | 'always' | 'never';

export interface Policy {
  name: string;
  /** What it looks at, for each task. */
  metric: (point: Datapoint) => number;
  target: number;
  /** Whether a minute's burst multiplies the tasks. */
  bursts: boolean;
  min: number;
  /** Whether a task that works is spared when there are too many: but for pauses, always, or never. */
  spares: Spares;
}

/** Of target tracking: minutes above the target before it adds, and below nine tenths of it before it takes away. */
export const MINUTES_ABOVE = 3;
export const MINUTES_BELOW = 15;
export const BELOW_SHARE = 0.9;

const perTask = (count: number, { tasks }: Datapoint) => count / Math.max(1, tasks);
const work = (point: Datapoint) => perTask(point.waiting + point.inFlight, point);

/** Ours, ours with one part taken away, and what others do. `cpuOfJob`: seconds of a task's CPU that a job takes. */
export function policiesOf(rule: ScalingRule, cpuOfJob: number, usualSeconds: number): Policy[] {
  const ours: Policy = {
    name: 'ours',
    metric: work,
    target: rule.target,
    bursts: true,
    min: rule.tasks.min,
    spares: 'with pauses',
  };
  // The CPU that a task shows when it has as many of the usual jobs as ours aims at.
  const tuned = (100 * rule.target * cpuOfJob) / usualSeconds;
  return [
    ours,
    { ...ours, name: 'ours, no step for bursts', bursts: false },
    { ...ours, name: 'ours, floor of 1', min: 1 },
    { ...ours, name: 'ours, no protection', spares: 'never' },
    { ...ours, name: 'ours, protection without pauses', spares: 'always' },
    {
      ...ours,
      name: 'plain backlog',
      metric: (point) => perTask(point.waiting, point),
      bursts: false,
      spares: 'never',
    },
    { ...ours, name: 'CPU at 60 %', metric: ({ cpu }) => cpu, target: 60, bursts: false, spares: 'never' },
    {
      ...ours,
      name: `CPU at ${tuned.toFixed(1)} %`,
      metric: ({ cpu }) => cpu,
      target: tuned,
      bursts: false,
      spares: 'never',
    },
  ];
}

export interface Decision {
  tasks: number;
  /** When something was last added or taken away. */
  changedAt: number;
}

/** How many tasks a policy wants at `at`, after the datapoints that it can see by then, the newest last. */
export function decide(
  policy: Policy,
  rule: ScalingRule,
  seen: readonly Datapoint[],
  now: Decision & { at: number },
): Decision {
  const values = seen.map(policy.metric);
  const last = values.at(-1) ?? 0;
  const { at, tasks, changedAt } = now;
  const within = (wanted: number) => Math.min(rule.tasks.max, Math.max(policy.min, wanted));
  const above = values.slice(-MINUTES_ABOVE);
  const tracked =
    above.length === MINUTES_ABOVE &&
    above.every((value) => value > policy.target) &&
    at - changedAt >= rule.outCooldown
      ? within(Math.ceil((tasks * last) / policy.target))
      : tasks;
  const step = policy.bursts ? rule.steps.find(({ from }) => last >= from) : undefined;
  const stepped =
    step && at - changedAt >= rule.burstCooldown
      ? within(tasks + Math.max(1, Math.floor((tasks * step.percent) / 100)))
      : tasks;
  const more = Math.max(tracked, stepped);
  if (more > tasks) return { tasks: more, changedAt: at };
  const below = values.slice(-MINUTES_BELOW);
  const idle = below.length === MINUTES_BELOW && below.every((value) => value < BELOW_SHARE * policy.target);
  if (!idle || at - changedAt < rule.inCooldown) return { tasks, changedAt };
  const fewer = within(Math.ceil((tasks * Math.max(...below)) / policy.target));
  return fewer < tasks ? { tasks: fewer, changedAt: at } : { tasks, changedAt };
}
