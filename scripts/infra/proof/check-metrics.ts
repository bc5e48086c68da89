import { unemitted } from './emitted.ts';
import { Finding } from './finding.ts';
import { metricUses } from './metric-uses.ts';
import { Service } from './service.ts';
import type { Json, Stack } from './stack.ts';

const TARGET_SHARE = 0.75;

/** Whatever is looked at is emitted by something, and whatever looks does something about it. */
export function checkMetrics(stack: Stack): Finding[] {
  return [
    ...checkEmitted(stack),
    ...checkLogFilters(stack),
    ...checkAlarmActions(stack),
    ...checkScaling(stack),
  ];
}

function say(address: string, problem: string, remedy: string): Finding {
  return new Finding('metrics', address, problem, remedy);
}

function checkEmitted(stack: Stack): Finding[] {
  return metricUses(stack).flatMap((use) => {
    const found: Finding[] = [];
    const problem = unemitted(stack, use);
    if (problem) found.push(say(use.address, `looks at ${problem}`, 'name a metric that is emitted'));
    const { period } = use;
    if (period !== undefined && ![10, 20, 30].includes(period) && !(period > 0 && period % 60 === 0))
      found.push(say(use.address, `has a period of ${period} s`, 'use a multiple of 60'));
    return found;
  });
}

function checkLogFilters(stack: Stack): Finding[] {
  const groups = stack.all('aws_cloudwatch_log_group').map((group) => group.text('name'));
  return stack
    .all('aws_cloudwatch_log_metric_filter', (one) => !groups.includes(one.text('log_group_name')))
    .map((one) => say(one.address, 'reads a log group that does not exist', "name the worker's log group"));
}

function checkAlarmActions(stack: Stack): Finding[] {
  const known = ['aws_sns_topic', 'aws_appautoscaling_policy'].flatMap((type) =>
    stack.all(type).map((one) => one.text('arn')),
  );
  return stack
    .all(
      'aws_cloudwatch_metric_alarm',
      (alarm) => !alarm.texts('alarm_actions').some((arn) => known.includes(arn)),
    )
    .map((alarm) => say(alarm.address, 'tells nobody', 'set alarm_actions'));
}

function checkScaling(stack: Stack): Finding[] {
  const worker = new Service(stack, 'worker');
  const target = stack.single('aws_appautoscaling_target', (one) => one.service === 'worker');
  const policies = stack.all(
    'aws_appautoscaling_policy',
    (one) => one.text('resource_id') === target.text('resource_id'),
  );
  const tracking = policies.filter((one) => one.text('policy_type') === 'TargetTrackingScaling');
  const found: Finding[] = [];
  if (tracking.length !== 1)
    found.push(
      say(target.address, `is scaled by ${tracking.length} target tracking rules`, 'have one: two fight'),
    );
  for (const policy of tracking) {
    const { target_value, customized_metric_specification } = policy.block(
      'target_tracking_scaling_policy_configuration',
    );
    const wanted = TARGET_SHARE * Number(worker.env('WORKER_CONCURRENCY'));
    if (Number(target_value) !== wanted)
      found.push(
        say(policy.address, `aims at ${target_value} jobs a task`, `aim at ${wanted}, of its concurrency`),
      );
    if (!JSON.stringify(customized_metric_specification as Json).includes('MessagesNotVisible'))
      found.push(
        say(policy.address, 'overlooks jobs in flight', 'count ApproximateNumberOfMessagesNotVisible too'),
      );
  }
  const wakes = policies.some(
    (one) => one.block('step_scaling_policy_configuration').adjustment_type === 'ChangeInCapacity',
  );
  if (target.number('min_capacity') === 0 && !wakes)
    found.push(say(target.address, 'never leaves zero', 'add a rule that adds the first task'));
  return found;
}
