import schema from '../../../shared/table.json' with { type: 'json' };
import { Finding } from './finding.ts';
import { readPolicy } from './policy.ts';
import { services } from './service.ts';
import type { Resource, Stack } from './stack.ts';

const RETENTION_SECONDS = 14 * 24 * 3600;
const HEARTBEATS_IN_A_VISIBILITY = 3;
const CALL_TIMEOUT_SECONDS = 5;

/** The queue and the table are what the application takes them for, and keep what they are given. */
export function checkStore(stack: Stack): Finding[] {
  return [...checkQueues(stack), ...checkTable(stack), ...checkAddresses(stack)];
}

function say({ address }: Resource, problem: string, remedy: string): Finding {
  return new Finding('store', address, problem, remedy);
}

function checkQueues(stack: Stack): Finding[] {
  const jobs = stack.single('aws_sqs_queue', (one) => one.text('name').endsWith('-jobs'));
  const dead = stack.single('aws_sqs_queue', (one) => one.text('name').endsWith('-dead-letters'));
  const found = [jobs, dead].flatMap((queue) => checkQueue(stack, queue));
  const redrive = JSON.parse(jobs.text('redrive_policy') || '{}') as {
    deadLetterTargetArn?: string;
    maxReceiveCount?: number;
  };
  if (redrive.deadLetterTargetArn !== dead.text('arn'))
    found.push(say(jobs, 'sends its dead letters to no queue of this stack', 'set redrive_policy'));
  if (Number(redrive.maxReceiveCount) < 100)
    found.push(say(jobs, 'gives up early', 'set maxReceiveCount = 100: claims are counted in the job'));
  const visibility = jobs.number('visibility_timeout_seconds');
  if (visibility / HEARTBEATS_IN_A_VISIBILITY < CALL_TIMEOUT_SECONDS)
    found.push(
      say(jobs, `hides a message for ${visibility} s`, 'a heartbeat needs a third of it, 5 s at least'),
    );
  for (const { env, name } of services(stack).map((one) => ({
    env: one.env('VISIBILITY_SECONDS'),
    name: one.name,
  }))) {
    if (env !== String(visibility))
      found.push(say(jobs, `hides for ${visibility} s, the ${name} beats for ${env}`, 'use one'));
  }
  return found;
}

function checkQueue(stack: Stack, queue: Resource): Finding[] {
  const found: Finding[] = [];
  if (queue.number('message_retention_seconds') !== RETENTION_SECONDS)
    found.push(say(queue, 'forgets messages before 14 days', 'set message_retention_seconds = 1209600'));
  if (queue.values.sqs_managed_sse_enabled !== true)
    found.push(say(queue, 'is not encrypted', 'set sqs_managed_sse_enabled'));
  const policy = stack.all('aws_sqs_queue_policy').find((one) => one.text('queue_url') === queue.text('id'));
  const refuses = readPolicy(policy?.text('policy') ?? '').some(
    ({ Effect, Condition }) => Effect === 'Deny' && Condition?.Bool?.['aws:SecureTransport'] === 'false',
  );
  return refuses
    ? found
    : [...found, say(queue, 'takes requests without TLS', 'add a policy that refuses them')];
}

function checkTable(stack: Stack): Finding[] {
  const table = stack.single('aws_dynamodb_table');
  const found: Finding[] = [];
  if (table.text('hash_key') !== schema.hash_key.name)
    found.push(say(table, 'has another key', 'read shared/table.json'));
  for (const wanted of schema.global_secondary_indexes) {
    const index = table.blocks('global_secondary_index').find(({ name }) => name === wanted.name);
    const same =
      index?.hash_key === wanted.hash_key &&
      index.range_key === wanted.range_key &&
      index.projection_type === wanted.projection;
    if (!same)
      found.push(say(table, `has not the index ${wanted.name} of shared/table.json`, 'read that file'));
  }
  if (table.block('ttl').enabled !== true || table.block('ttl').attribute_name !== schema.ttl_attribute)
    found.push(say(table, `does not expire rows by ${schema.ttl_attribute}`, 'set ttl'));
  if (table.block('point_in_time_recovery').enabled !== true)
    found.push(say(table, 'cannot be restored to a point in time', 'enable point_in_time_recovery'));
  if (table.block('server_side_encryption').enabled !== true)
    found.push(say(table, 'is not encrypted by KMS', 'enable it'));
  if (stack.environment === 'production' && table.values.deletion_protection_enabled !== true)
    found.push(say(table, 'can be deleted', 'set deletion_protection in production'));
  return found;
}

/** The addresses that the application is told are those of this stack. */
function checkAddresses(stack: Stack): Finding[] {
  const queueUrl = (suffix: string) =>
    stack.single('aws_sqs_queue', (one) => one.text('name').endsWith(suffix)).text('id');
  const wanted = {
    QUEUE_URL: queueUrl('-jobs'),
    DEAD_LETTER_QUEUE_URL: queueUrl('-dead-letters'),
    TABLE_NAME: stack.single('aws_dynamodb_table').text('name'),
    APP_ENV: stack.environment,
  };
  return services(stack).flatMap((service) =>
    Object.entries(wanted)
      .filter(([name, value]) => service.env(name) !== value)
      .map(([name, value]) => say(service.task, `has ${name}=${service.env(name)}`, `it must be ${value}`)),
  );
}
