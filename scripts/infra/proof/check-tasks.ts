import { Finding } from './finding.ts';
import { IMAGE_ACTIONS, LOG_ACTIONS, SECRET_ACTION } from './needed-actions.ts';
import { allows, roleNameOf, statementsOfRole } from './policy.ts';
import { type Service, services } from './service.ts';
import type { Stack } from './stack.ts';

/** MiB of memory that Fargate offers for so many CPU units: the least, the most, the step. */
const FARGATE: Record<string, [number, number, number]> = {
  '512': [1024, 4096, 1024],
  '1024': [2048, 8192, 1024],
  '2048': [4096, 16_384, 1024],
  '4096': [8192, 30_720, 1024],
};
const STOP_MAX_SECONDS = 120;
const STOP_SLACK_SECONDS = 10;
const SECRET_NAME = /(_KEY|_KEYS|_TOKEN|_SECRET|^PROVIDERS)$/;
const SECRET_VALUE =
  /\bsk-[A-Za-z0-9_-]{16}|\bAIza[A-Za-z0-9_-]{20}|\bhf_[A-Za-z0-9]{20}|\bwhsec_|\bAKIA[A-Z0-9]{16}/;

/** What a task needs to start, to run and to stop. */
export function checkTasks(stack: Stack): Finding[] {
  return services(stack).flatMap((service) => [
    ...checkSize(service),
    ...checkStop(service),
    ...checkHardening(service),
    ...checkSecrets(stack, service),
    ...checkImage(stack, service),
    ...checkLog(stack, service),
    ...checkDeployment(stack, service),
  ]);
}

function say({ task }: Service, problem: string, remedy: string): Finding {
  return new Finding('task', task.address, problem, remedy);
}

function checkSize(service: Service): Finding[] {
  const [cpu, memory] = [service.task.text('cpu'), service.task.number('memory')];
  if (cpu === '256' && [512, 1024, 2048].includes(memory)) return [];
  const [least, most, step] = FARGATE[cpu] ?? [1, 0, 1];
  if (memory >= least && memory <= most && (memory - least) % step === 0) return [];
  return [
    say(service, `has ${cpu} CPU units with ${memory} MiB, which Fargate does not offer`, 'choose a pair'),
  ];
}

function checkStop(service: Service): Finding[] {
  const stop = service.container.stopTimeout ?? 30;
  const drain = Number(service.env('DRAIN_SECONDS'));
  if (stop > STOP_MAX_SECONDS)
    return [say(service, `stops after ${stop} s`, `Fargate's most is ${STOP_MAX_SECONDS}`)];
  if (stop >= drain + STOP_SLACK_SECONDS) return [];
  return [
    say(service, `stops after ${stop} s but drains for ${drain} s`, `leave ${STOP_SLACK_SECONDS} s more`),
  ];
}

function checkHardening(service: Service): Finding[] {
  const { user = '0', readonlyRootFilesystem, healthCheck, linuxParameters } = service.container;
  const found: Finding[] = [];
  if (!/^[1-9]\d*(:[1-9]\d*)?$/.test(user))
    found.push(say(service, `runs as "${user}"`, 'use a number, not 0'));
  if (readonlyRootFilesystem !== true)
    found.push(say(service, 'may write its root', 'set readonlyRootFilesystem'));
  if (linuxParameters?.initProcessEnabled !== true)
    found.push(say(service, 'has no init process', 'set initProcessEnabled: signals must arrive'));
  if (!healthCheck) return [...found, say(service, 'has no health check', 'add one on /health')];
  if (!healthCheck.command.includes(String(service.port)))
    found.push(say(service, 'checks its health on another port than it maps', `ask port ${service.port}`));
  if (healthCheck.timeout >= healthCheck.interval)
    found.push(
      say(service, 'checks its health with a timeout above the interval', 'set timeout below interval'),
    );
  return found;
}

function checkSecrets(stack: Stack, service: Service): Finding[] {
  const { secrets } = service.container;
  const allowed = statementsOfRole(stack, roleNameOf(service.task.text('execution_role_arn')));
  const known = stack.data('aws_secretsmanager_secret').map((secret) => secret.text('arn'));
  const found: Finding[] = [];
  for (const { name, valueFrom } of secrets) {
    if (!known.includes(valueFrom))
      found.push(say(service, `takes ${name} from ${valueFrom}, which does not exist`, 'name a secret'));
    if (!allows(allowed, SECRET_ACTION, valueFrom))
      found.push(say(service, `may not read ${name} when it starts`, 'allow it to the execution role'));
  }
  for (const { name, value } of service.containers.flatMap(({ environment }) => environment)) {
    if (SECRET_NAME.test(name) || SECRET_VALUE.test(value))
      found.push(say(service, `has the secret ${name} in its environment`, 'give it by secrets'));
  }
  return found;
}

function checkImage(stack: Stack, service: Service): Finding[] {
  const { image } = service.container;
  const [, url = '', digest] = /^(.+)@(sha256:[0-9a-f]{64})$/.exec(image) ?? [];
  if (!digest) return [say(service, `runs ${image}`, 'name the image by its digest')];
  const registry = stack.data('aws_ecr_repository').find((one) => one.text('repository_url') === url);
  if (!registry) return [say(service, `runs an image of ${url}, which is no registry of ours`, 'use ours')];
  const allowed = statementsOfRole(stack, roleNameOf(service.task.text('execution_role_arn')));
  const missing: string[] = IMAGE_ACTIONS.filter((action) => !allows(allowed, action, registry.text('arn')));
  if (!allows(allowed, 'ecr:GetAuthorizationToken', '*')) missing.push('ecr:GetAuthorizationToken');
  return missing.map((action) =>
    say(service, `may not ${action} when it starts`, 'allow it to the execution role'),
  );
}

function checkLog(stack: Stack, service: Service): Finding[] {
  const options = service.container.logConfiguration?.options ?? {};
  const group = stack
    .all('aws_cloudwatch_log_group')
    .find((one) => one.text('name') === options['awslogs-group']);
  if (!group)
    return [say(service, `logs to ${options['awslogs-group']}, which does not exist`, 'name a log group')];
  const found: Finding[] = [];
  if (!(group.number('retention_in_days') > 0))
    found.push(say(service, 'keeps its log for ever', 'set a retention'));
  const allowed = statementsOfRole(stack, roleNameOf(service.task.text('execution_role_arn')));
  const stream = `${group.text('arn')}:log-stream:${service.name}/x`;
  const missing = LOG_ACTIONS.filter((action) => !allows(allowed, action, stream));
  return [
    ...found,
    ...missing.map((action) =>
      say(service, `may not ${action} on its log`, 'allow it to the execution role'),
    ),
  ];
}

function checkDeployment(stack: Stack, service: Service): Finding[] {
  const found: Finding[] = [];
  const breaker = service.service.block('deployment_circuit_breaker');
  if (breaker.enable !== true || breaker.rollback !== true)
    found.push(say(service, 'is not rolled back when its tasks do not start', 'enable the circuit breaker'));
  const alarms = (service.service.block('alarms').alarm_names as string[] | undefined) ?? [];
  const known = stack.all('aws_cloudwatch_metric_alarm').map((alarm) => alarm.text('alarm_name'));
  if (alarms.length === 0) found.push(say(service, 'is rolled back by no alarm', 'name one in alarms'));
  for (const name of alarms.filter((one) => !known.includes(one))) {
    found.push(
      say(service, `is rolled back by ${name}, which does not exist`, 'name an alarm of this stack'),
    );
  }
  const spot = service.service
    .blocks('capacity_provider_strategy')
    .some((one) => one.capacity_provider === 'FARGATE_SPOT' && Number(one.weight) > 0);
  if (spot && service.name === 'api')
    found.push(say(service, 'runs on Spot', 'clients wait on it: use FARGATE'));
  return found;
}
