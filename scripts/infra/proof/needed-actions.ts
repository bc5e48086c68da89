/**
 * What each service's code calls, as IAM actions: a batched call of SQS is permitted by the action of the single one,
 * a batch of statements by PartiQL's, statement by statement.
 * permissions.test.ts records the calls that the adapters really make, and fails where this list differs.
 */
export const NEEDED_ACTIONS = {
  api: {
    table: [
      'dynamodb:BatchGetItem',
      'dynamodb:DeleteItem',
      'dynamodb:GetItem',
      'dynamodb:PartiQLInsert',
      'dynamodb:PartiQLUpdate',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
    ],
    index: ['dynamodb:Query'],
    queue: ['sqs:GetQueueAttributes', 'sqs:SendMessage'],
    deadLetters: [],
    ownTask: [],
  },
  worker: {
    table: ['dynamodb:BatchGetItem', 'dynamodb:PartiQLUpdate', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
    index: ['dynamodb:Query'],
    queue: [
      'sqs:ChangeMessageVisibility',
      'sqs:DeleteMessage',
      'sqs:GetQueueAttributes',
      'sqs:ReceiveMessage',
      'sqs:SendMessage',
    ],
    deadLetters: ['sqs:SendMessage'],
    /** Asked of ECS's agent, which calls it in the task's name. */
    ownTask: ['ecs:UpdateTaskProtection'],
  },
} as const satisfies Record<string, Record<string, readonly string[]>>;

/** The index that each service queries. */
export const NEEDED_INDEX = { api: 'by_client', worker: 'open_jobs' } as const;

/** What ECS does before a task runs, beside reading its secrets. */
export const IMAGE_ACTIONS = [
  'ecr:BatchCheckLayerAvailability',
  'ecr:BatchGetImage',
  'ecr:GetDownloadUrlForLayer',
] as const;
export const LOG_ACTIONS = ['logs:CreateLogStream', 'logs:PutLogEvents'] as const;
export const SECRET_ACTION = 'secretsmanager:GetSecretValue';

/** What a collector of traces calls, in the name of the task that it stands in. */
export const TRACE_ACTIONS = ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'] as const;

/** Actions that know no resource: the whole list of what may be allowed on `*`. */
export const WITHOUT_RESOURCE: readonly string[] = ['ecr:GetAuthorizationToken', ...TRACE_ACTIONS];
