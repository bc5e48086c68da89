import { DEFINITIONS, type Mistake, SERVICE, TASK } from './patch.ts';

/** What a task needs to start, to work and to stop. */
export const TASKS_MISTAKES: readonly Mistake[] = [
  {
    what: 'a Fargate size that does not exist',
    found: TASK('worker'),
    plant: (patch) => {
      patch.at(TASK('worker')).memory = '5120';
    },
  },
  {
    what: 'an IAM action that does not exist',
    found: TASK('api'),
    plant: (patch) =>
      patch.json('module.api.aws_iam_role_policy.task', 'policy', (text) =>
        text.replace('sqs:SendMessage', 'sqs:SendMesage'),
      ),
  },
  {
    what: 'an action that the code never calls',
    found: TASK('api'),
    plant: (patch) =>
      patch.json('module.api.aws_iam_role_policy.task', 'policy', (text) =>
        text.replace('"sqs:SendMessage"', '"sqs:SendMessage","sqs:PurgeQueue"'),
      ),
  },
  {
    what: 'an action on every resource',
    found: 'module.worker.aws_iam_role_policy.task',
    plant: (patch) =>
      patch.json('module.worker.aws_iam_role_policy.task', 'policy', (text) =>
        text.replace(/"Resource":\[[^\]]*\]/, '"Resource":["*"]'),
      ),
  },
  {
    what: 'the API may query the wrong index',
    found: TASK('api'),
    plant: (patch) =>
      patch.json('module.api.aws_iam_role_policy.task', 'policy', (text) =>
        text.replace('index/by_client', 'index/open_jobs'),
      ),
  },
  {
    what: 'a worker that may not protect its own task',
    found: TASK('worker'),
    plant: (patch) =>
      patch.json('module.worker.aws_iam_role_policy.task', 'policy', (text) =>
        text.replace('ecs:UpdateTaskProtection', 'ecs:DescribeTasks'),
      ),
  },
  {
    what: 'a worker that may protect the tasks of other clusters',
    found: TASK('worker'),
    plant: (patch) =>
      patch.json('module.worker.aws_iam_role_policy.task', 'policy', (text) =>
        text.replace(/task\/iscoolgpt-\w+\/\*/, 'task/*'),
      ),
  },
  {
    what: 'an execution role that may not read the task’s secret',
    found: TASK('api'),
    plant: (patch) =>
      patch.json('module.api.aws_iam_role_policy.execution', 'policy', (text) =>
        text.replace('secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'),
      ),
  },
  {
    what: 'a secret that does not exist',
    found: TASK('api'),
    plant: (patch) => patch.json(TASK('api'), DEFINITIONS, (text) => text.replace('/API_KEYS-', '/API_KEY-')),
  },
  {
    what: 'a secret in the environment',
    found: TASK('worker'),
    plant: (patch) =>
      patch.json(TASK('worker'), DEFINITIONS, (text) =>
        text.replace('"environment":[', '"environment":[{"name":"OPENAI_API_KEY","value":"made-up"},'),
      ),
  },
  {
    what: 'an execution role that may not fetch the image',
    found: TASK('worker'),
    plant: (patch) =>
      patch.json('module.worker.aws_iam_role_policy.execution', 'policy', (text) =>
        text.replace('ecr:BatchGetImage', 'ecr:ListImages'),
      ),
  },
  {
    what: 'an image by a tag',
    found: TASK('worker'),
    plant: (patch) =>
      patch.json(TASK('worker'), DEFINITIONS, (text) => text.replace(/@sha256:[0-9a-f]{64}/, ':latest')),
  },
  {
    what: 'a stop timeout of 300 s',
    found: TASK('worker'),
    plant: (patch) =>
      patch.json(TASK('worker'), DEFINITIONS, (text) =>
        text.replace('"stopTimeout":110', '"stopTimeout":300'),
      ),
  },
  {
    what: 'a stop timeout below the drain',
    found: TASK('worker'),
    plant: (patch) =>
      patch.json(TASK('worker'), DEFINITIONS, (text) =>
        text.replace('"stopTimeout":110', '"stopTimeout":30'),
      ),
  },
  {
    what: 'a container that runs as root',
    found: TASK('api'),
    plant: (patch) => patch.json(TASK('api'), DEFINITIONS, (text) => text.replace('10001:10001', 'root')),
  },
  {
    what: 'a log group that does not exist',
    found: TASK('worker'),
    plant: (patch) =>
      patch.json(TASK('worker'), DEFINITIONS, (text) => text.replace('"/iscoolgpt/', '"/iscoolgbt/')),
  },
  {
    what: 'an execution role that may not write the log',
    found: TASK('worker'),
    plant: (patch) =>
      patch.json('module.worker.aws_iam_role_policy.execution', 'policy', (text) =>
        text.replace('logs:PutLogEvents', 'logs:PutLogs'),
      ),
  },
  {
    what: 'an API on Spot',
    found: TASK('api'),
    plant: (patch) => {
      const strategy = patch.block(SERVICE('api'), 'capacity_provider_strategy');
      strategy.capacity_provider = 'FARGATE_SPOT';
    },
  },
  {
    what: 'a role that any account may use',
    found: 'module.api.aws_iam_role.task',
    plant: (patch) =>
      patch.json('module.api.aws_iam_role.task', 'assume_role_policy', (text) =>
        text.replace('aws:SourceAccount', 'aws:PrincipalTag/x'),
      ),
  },
];
