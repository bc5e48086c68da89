import { Finding } from './finding.ts';
import { NEEDED_ACTIONS, NEEDED_INDEX, TRACE_ACTIONS, WITHOUT_RESOURCE } from './needed-actions.ts';
import { readPolicy, roleNameOf, type Statement, statementsOfRole } from './policy.ts';
import { type Service, services } from './service.ts';
import type { Stack } from './stack.ts';

/** Each task role may do what its code calls, and nothing more; each role is for ECS of this account alone. */
export function checkPermissions(stack: Stack): Finding[] {
  return [
    ...services(stack).flatMap((service) => checkTaskRole(stack, service)),
    ...stack
      .all('aws_iam_role_policy')
      .flatMap((policy) => checkWildcards(policy.address, readPolicy(policy.text('policy')))),
    ...stack.all('aws_iam_role').flatMap((role) => checkTrust(role.address, role.text('assume_role_policy'))),
    ...stack
      .all('aws_iam_role', (role) => !role.text('permissions_boundary'))
      .map((role) => say(role.address, 'has no boundary', 'set permissions_boundary')),
  ];
}

function say(address: string, problem: string, remedy: string): Finding {
  return new Finding('permissions', address, problem, remedy);
}

function neededPairs(stack: Stack, { name, collector }: Service): Set<string> {
  const table = stack.single('aws_dynamodb_table').text('arn');
  const queue = (suffix: string) =>
    stack.single('aws_sqs_queue', (one) => one.text('name').endsWith(suffix)).text('arn');
  const needed = NEEDED_ACTIONS[name];
  const tasks = `${stack.single('aws_ecs_cluster').text('arn').replace(':cluster/', ':task/')}/*`;
  const pairs = (actions: readonly string[], resource: string) =>
    actions.map((action) => `${action} on ${resource}`);
  return new Set([
    ...pairs(needed.table, table),
    ...pairs(needed.index, `${table}/index/${NEEDED_INDEX[name]}`),
    ...pairs(needed.queue, queue('-jobs')),
    ...pairs(needed.deadLetters, queue('-dead-letters')),
    ...pairs(needed.ownTask, tasks),
    ...(collector ? pairs(TRACE_ACTIONS, '*') : []),
  ]);
}

function checkTaskRole(stack: Stack, service: Service): Finding[] {
  const needed = neededPairs(stack, service);
  const given = new Set(
    statementsOfRole(stack, roleNameOf(service.task.text('task_role_arn'))).flatMap(({ Action, Resource }) =>
      Action.flatMap((action) => Resource.map((resource) => `${action} on ${resource}`)),
    ),
  );
  return [
    ...[...needed]
      .filter((pair) => !given.has(pair))
      .map((pair) =>
        say(service.task.address, `may not ${pair}, which its code calls`, 'allow it to the task role'),
      ),
    ...[...given]
      .filter((pair) => !needed.has(pair))
      .map((pair) =>
        say(service.task.address, `may ${pair}, which its code never calls`, 'take it from the task role'),
      ),
  ];
}

function checkWildcards(address: string, statements: Statement[]): Finding[] {
  return statements
    .filter(({ Effect }) => Effect === 'Allow')
    .flatMap(({ Action, Resource }) => {
      const everything = Action.filter((action) => action.includes('*'));
      const everywhere = Resource.includes('*')
        ? Action.filter((action) => !WITHOUT_RESOURCE.includes(action))
        : [];
      return [
        ...everything.map((action) => say(address, `allows ${action}`, 'name the actions')),
        ...everywhere.map((action) => say(address, `allows ${action} on *`, 'name its resources')),
      ];
    });
}

function checkTrust(address: string, document: string): Finding[] {
  return readPolicy(document)
    .filter(({ Condition }) => !Condition?.StringEquals?.['aws:SourceAccount'])
    .map(() => say(address, 'may be taken on behalf of any account', 'add a condition on aws:SourceAccount'));
}
