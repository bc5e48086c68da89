import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the Terraform sources say about scaling the workers. Times in seconds. */
export interface ScalingRule {
  /** Jobs that a task runs at once. */
  concurrency: number;
  /** Jobs a task that target tracking aims at. */
  target: number;
  outCooldown: number;
  inCooldown: number;
  burstCooldown: number;
  /** Steps of the burst rule: from so many jobs a task on, so many per cent more tasks. */
  steps: { from: number; percent: number }[];
  tasks: { min: number; max: number };
  drain: number;
}

function numberIn(text: string, pattern: RegExp, what: string): number {
  const found = pattern.exec(text)?.[1];
  if (found === undefined) throw new Error(`the Terraform sources no longer say ${what} as ${pattern}`);
  return Number(found);
}

/** The text of one resource or variable, from its head to its end. */
function block(text: string, head: string): string {
  const start = text.indexOf(head);
  if (start < 0) throw new Error(`the Terraform sources have no ${head}`);
  return text.slice(start, text.indexOf('\n}\n', start));
}

function readSteps(burst: string, concurrency: number): ScalingRule['steps'] {
  const steps = [...burst.matchAll(/step_adjustment \{([\s\S]*?)\}/g)].map(([, step = '']) => {
    const above = /lower_bound = (?:(\d+) \* var\.worker_concurrency|0)/.exec(step);
    if (!above) throw new Error(`the Terraform sources have a step without a known bound: ${step}`);
    // Bounds are given from the alarm's threshold on, which is the concurrency.
    const from = concurrency + Number(above[1] ?? 0) * concurrency;
    return { from, percent: numberIn(step, /scaling_adjustment += (\d+)/, 'a step') };
  });
  if (steps.length === 0) throw new Error('the Terraform sources have no step for bursts');
  return steps.sort((a, b) => b.from - a.from);
}

/** Reads the rule of one environment, so that what is simulated is what is applied. */
export function readScalingRule(terraformDir: string, environment: string): ScalingRule {
  const read = (file: string) => readFileSync(join(terraformDir, file), 'utf8');
  const scaling = read('autoscaling.tf');
  const services = read('variables-services.tf');
  const settings = read(`environments/${environment}.tfvars`);
  const setting = (name: string) => new RegExp(`^${name} += (\\d+)`, 'm').exec(settings)?.[1];
  const concurrency = Number(
    setting('worker_concurrency') ??
      numberIn(block(services, 'variable "worker_concurrency"'), /default += (\d+)/, 'the concurrency'),
  );
  const tracking = block(scaling, 'resource "aws_appautoscaling_policy" "worker_jobs"');
  const burst = block(scaling, 'resource "aws_appautoscaling_policy" "worker_burst"');
  const alarm = block(scaling, 'resource "aws_cloudwatch_metric_alarm" "worker_burst"');
  if (!/threshold += var\.worker_concurrency\n/.test(alarm))
    throw new Error('the Terraform sources no longer ring for a burst at the concurrency');
  const share = numberIn(scaling, /jobs_per_task_target = ([\d.]+) \* var\.worker_concurrency/, 'the target');
  return {
    concurrency,
    target: share * concurrency,
    outCooldown: numberIn(tracking, /scale_out_cooldown += (\d+)/, 'the cooldown of scaling out'),
    inCooldown: numberIn(tracking, /scale_in_cooldown += (\d+)/, 'the cooldown of scaling in'),
    burstCooldown: numberIn(burst, /cooldown += (\d+)/, 'the cooldown of a burst'),
    steps: readSteps(burst, concurrency),
    tasks: {
      min: numberIn(settings, /^worker_tasks_min += (\d+)/m, 'the fewest tasks'),
      max: numberIn(settings, /^worker_tasks_max += (\d+)/m, 'the most tasks'),
    },
    drain: numberIn(block(services, 'variable "drain_seconds"'), /worker = (\d+)/, 'the drain'),
  };
}
