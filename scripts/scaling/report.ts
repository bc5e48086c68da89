import { policiesOf } from './policies.ts';
import type { ScalingRule } from './read-rule.ts';
import { ASSUMED, type Outcome, simulate } from './simulate.ts';
import { drawArrivals, WORKLOADS, type Workload } from './workloads.ts';

export interface Comparison {
  workload: Workload;
  jobs: number;
  outcomes: Outcome[];
}

/** Each workload under each policy, the same questions for all of them. */
export function compare(rule: ScalingRule, seed: number): Comparison[] {
  const policies = policiesOf(rule, ASSUMED.cpuSecondsOfJob, ASSUMED.usualSeconds);
  return WORKLOADS.map((workload) => {
    const arrivals = drawArrivals(workload, seed);
    const work = { arrivals, seconds: workload.seconds, seed };
    return {
      workload,
      jobs: arrivals.length,
      outcomes: policies.map((policy) => simulate(policy, rule, work)),
    };
  });
}

function rowOf({ policy, p50, p95, longest, taskHours, thrownBack }: Outcome): string {
  const cells = [
    p50.toFixed(0),
    p95.toFixed(0),
    longest.toFixed(0),
    taskHours.toFixed(1),
    String(thrownBack),
  ];
  return `| ${policy} | ${cells.join(' | ')} |`;
}

/** Tables in Markdown, one for each workload. */
export function tablesOf(comparisons: readonly Comparison[]): string {
  return comparisons
    .map(({ workload, jobs, outcomes }) =>
      [
        `**${workload.name}**: ${workload.what} (${jobs} jobs)`,
        '',
        '| policy | wait p50 s | p95 s | longest s | task-hours | jobs thrown back |',
        '|---|---:|---:|---:|---:|---:|',
        ...outcomes.map(rowOf),
        '',
      ].join('\n'),
    )
    .join('\n');
}
