import type { Json, ShownPlan } from '../../scripts/infra/proof/stack.ts';

type Values = Record<string, Json>;

/** A plan to plant mistakes into. */
export class Patch {
  readonly plan: ShownPlan;

  constructor(snapshot: string) {
    this.plan = JSON.parse(snapshot) as ShownPlan;
  }

  get #resources() {
    return this.plan.planned_values.root_module.resources ?? [];
  }

  /** The values of the one resource at `address`, to change. */
  at(address: string): Values {
    const found = this.#resources.find((resource) => resource.address === address);
    if (!found) throw new Error(`the snapshot has no ${address}: renew it with npm run infra:round-trip`);
    return found.values;
  }

  remove(address: string): void {
    this.at(address);
    this.#resources.splice(
      this.#resources.findIndex((resource) => resource.address === address),
      1,
    );
  }

  /** Changes a value that is JSON in a text. */
  json(address: string, name: string, change: (text: string) => string): void {
    const values = this.at(address);
    const before = String(values[name]);
    const after = change(before);
    if (after === before) throw new Error(`${address}.${name} does not hold what the mistake changes: ${before}`);
    values[name] = after;
  }

  /** The first block at `name`. */
  block(address: string, name: string): Values {
    const [first] = this.at(address)[name] as Values[];
    if (!first) throw new Error(`${address} has no block ${name}`);
    return first;
  }
}

export interface Mistake {
  what: string;
  /** The resource that the finding must name. */
  found: string;
  plant: (patch: Patch) => void;
}

const TASK = (service: string) => `module.${service}.aws_ecs_task_definition.service`;
const SERVICE = (service: string) => `module.${service}.aws_ecs_service.service`;
const DEFINITIONS = 'container_definitions';

/** Mistakes that an apply lets pass, each caught by the proof; validate, plan and the linters see none of them. */
export const MISTAKES: readonly Mistake[] = [
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
      patch.json('module.api.aws_iam_role_policy.task', 'policy', (text) => text.replace('sqs:SendMessage', 'sqs:SendMesage')),
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
      patch.json('module.worker.aws_iam_role_policy.task', 'policy', (text) => text.replace(/"Resource":\[[^\]]*\]/, '"Resource":["*"]')),
  },
  {
    what: 'the API may query the wrong index',
    found: TASK('api'),
    plant: (patch) =>
      patch.json('module.api.aws_iam_role_policy.task', 'policy', (text) => text.replace('index/by_client', 'index/open_jobs')),
  },
  {
    what: 'a container port that the target group does not name',
    found: SERVICE('api'),
    plant: (patch) => {
      patch.block(SERVICE('api'), 'load_balancer').container_port = 8081;
    },
  },
  {
    what: 'a container name that does not match',
    found: SERVICE('api'),
    plant: (patch) => {
      patch.block(SERVICE('api'), 'load_balancer').container_name = 'app';
    },
  },
  {
    what: 'the API listens on another port than it maps',
    found: TASK('api'),
    plant: (patch) => patch.json(TASK('api'), DEFINITIONS, (text) => text.replace('"value":"8080"', '"value":"8000"')),
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
      patch.json('module.worker.aws_iam_role_policy.execution', 'policy', (text) => text.replace('ecr:BatchGetImage', 'ecr:ListImages')),
  },
  {
    what: 'an image by a tag',
    found: TASK('worker'),
    plant: (patch) => patch.json(TASK('worker'), DEFINITIONS, (text) => text.replace(/@sha256:[0-9a-f]{64}/, ':latest')),
  },
  {
    what: 'private subnets without a default route',
    found: SERVICE('worker'),
    plant: (patch) => patch.remove('aws_route.private_default["us-east-1a"]'),
  },
  {
    what: 'a subnet without a route table',
    found: SERVICE('api'),
    plant: (patch) => patch.remove('aws_route_table_association.private["us-east-1b"]'),
  },
  {
    what: 'a NAT gateway in a private subnet',
    found: 'aws_nat_gateway.main["us-east-1a"]',
    plant: (patch) => {
      const nat = patch.at('aws_nat_gateway.main["us-east-1a"]');
      nat.subnet_id = patch.at('aws_subnet.private["us-east-1a"]').id;
    },
  },
  {
    what: 'a load balancer in private subnets',
    found: 'aws_lb.api',
    plant: (patch) => {
      patch.at('aws_lb.api').subnets = ['us-east-1a', 'us-east-1b'].map(
        (zone) => patch.at(`aws_subnet.private["${zone}"]`).id,
      );
    },
  },
  {
    what: 'an HTTPS listener without a certificate',
    found: 'aws_lb_listener.https',
    plant: (patch) => {
      patch.at('aws_lb_listener.https').certificate_arn = null;
    },
  },
  {
    what: 'a listener that forwards nowhere',
    found: 'aws_lb_listener.https',
    plant: (patch) => {
      patch.block('aws_lb_listener.https', 'default_action').target_group_arn = 'arn:of:another';
    },
  },
  {
    what: 'plain HTTP that is served',
    found: 'aws_lb_listener.http',
    plant: (patch) => {
      patch.block('aws_lb_listener.http', 'default_action').type = 'forward';
    },
  },
  {
    what: 'a missing rule from load balancer to task',
    found: SERVICE('api'),
    plant: (patch) => patch.remove('aws_vpc_security_group_ingress_rule.api_from_load_balancer'),
  },
  {
    what: 'a load balancer that may not call',
    found: 'aws_lb.api',
    plant: (patch) => patch.remove('aws_vpc_security_group_egress_rule.load_balancer_to_api'),
  },
  {
    what: 'a load balancer that lets no HTTPS in',
    found: 'aws_lb.api',
    plant: (patch) => patch.remove('aws_vpc_security_group_ingress_rule.load_balancer_from_clients["https"]'),
  },
  {
    what: 'a task that may call nobody',
    found: SERVICE('worker'),
    plant: (patch) => patch.remove('aws_vpc_security_group_egress_rule.tasks_https["worker"]'),
  },
  {
    what: 'a worker that lets something in',
    found: 'aws_vpc_security_group_ingress_rule.api_from_load_balancer',
    plant: (patch) => {
      const rule = patch.at('aws_vpc_security_group_ingress_rule.api_from_load_balancer');
      rule.security_group_id = patch.at('aws_security_group.worker').id;
    },
  },
  {
    what: 'a health check on /ready',
    found: 'aws_lb_target_group.api',
    plant: (patch) => {
      patch.block('aws_lb_target_group.api', 'health_check').path = '/ready';
    },
  },
  {
    what: 'a stop timeout of 300 s',
    found: TASK('worker'),
    plant: (patch) => patch.json(TASK('worker'), DEFINITIONS, (text) => text.replace('"stopTimeout":110', '"stopTimeout":300')),
  },
  {
    what: 'a stop timeout below the drain',
    found: TASK('worker'),
    plant: (patch) => patch.json(TASK('worker'), DEFINITIONS, (text) => text.replace('"stopTimeout":110', '"stopTimeout":30')),
  },
  {
    what: 'a container that runs as root',
    found: TASK('api'),
    plant: (patch) => patch.json(TASK('api'), DEFINITIONS, (text) => text.replace('10001:10001', 'root')),
  },
  {
    what: 'a log group that does not exist',
    found: TASK('worker'),
    plant: (patch) => patch.json(TASK('worker'), DEFINITIONS, (text) => text.replace('"/iscoolgpt/', '"/iscoolgbt/')),
  },
  {
    what: 'an execution role that may not write the log',
    found: TASK('worker'),
    plant: (patch) =>
      patch.json('module.worker.aws_iam_role_policy.execution', 'policy', (text) => text.replace('logs:PutLogEvents', 'logs:PutLogs')),
  },
  {
    what: 'an alarm on a queue that does not exist',
    found: 'aws_cloudwatch_metric_alarm.queue_age',
    plant: (patch) => {
      patch.at('aws_cloudwatch_metric_alarm.queue_age').dimensions = { QueueName: 'jobs' };
    },
  },
  {
    what: 'an alarm on a metric that nobody emits',
    found: 'aws_cloudwatch_metric_alarm.worker_errors',
    plant: (patch) => {
      patch.at('aws_cloudwatch_metric_alarm.worker_errors').metric_name = 'Errors';
    },
  },
  {
    what: 'an alarm that tells nobody',
    found: 'aws_cloudwatch_metric_alarm.dead_letters',
    plant: (patch) => {
      patch.at('aws_cloudwatch_metric_alarm.dead_letters').alarm_actions = [];
    },
  },
  {
    what: 'a scaling target that is not of the concurrency',
    found: 'aws_appautoscaling_policy.worker_jobs',
    plant: (patch) => {
      patch.block('aws_appautoscaling_policy.worker_jobs', 'target_tracking_scaling_policy_configuration').target_value = 100;
    },
  },
  {
    what: 'a rollback alarm that does not exist',
    found: TASK('api'),
    plant: (patch) => {
      patch.block(SERVICE('api'), 'alarms').alarm_names = ['no-such-alarm'];
    },
  },
  {
    what: 'a visibility that the worker does not know of',
    found: 'aws_sqs_queue.jobs',
    plant: (patch) => {
      patch.at('aws_sqs_queue.jobs').visibility_timeout_seconds = 30;
    },
  },
  {
    what: 'a low receive count',
    found: 'aws_sqs_queue.jobs',
    plant: (patch) =>
      patch.json('aws_sqs_queue.jobs', 'redrive_policy', (text) => text.replace('"maxReceiveCount":100', '"maxReceiveCount":3')),
  },
  {
    what: 'dead letters that go nowhere',
    found: 'aws_sqs_queue.jobs',
    plant: (patch) => patch.json('aws_sqs_queue.jobs', 'redrive_policy', (text) => text.replace('-dead-letters', '-lost')),
  },
  {
    what: 'a queue that takes requests without TLS',
    found: 'aws_sqs_queue.jobs',
    plant: (patch) => patch.remove('aws_sqs_queue_policy.tls_only["jobs"]'),
  },
  {
    what: 'an index of another key',
    found: 'aws_dynamodb_table.jobs',
    plant: (patch) => {
      patch.block('aws_dynamodb_table.jobs', 'global_secondary_index').hash_key = 'due_at';
    },
  },
  {
    what: 'rows that never expire',
    found: 'aws_dynamodb_table.jobs',
    plant: (patch) => {
      patch.block('aws_dynamodb_table.jobs', 'ttl').attribute_name = 'expires';
    },
  },
  {
    what: 'another queue than the stack’s',
    found: TASK('worker'),
    plant: (patch) =>
      patch.json(TASK('worker'), DEFINITIONS, (text) => text.replace(/(\/iscoolgpt-\w+-)jobs"/, '$1questions"')),
  },
  {
    what: 'a table endpoint that refuses the worker',
    found: 'aws_vpc_endpoint.dynamodb',
    plant: (patch) => patch.json('aws_vpc_endpoint.dynamodb', 'policy', (text) => text.replace('dynamodb:UpdateItem', 'dynamodb:Scan')),
  },
  {
    what: 'an endpoint that refuses image layers',
    found: 'aws_vpc_endpoint.s3',
    plant: (patch) => patch.json('aws_vpc_endpoint.s3', 'policy', (text) => text.replace('starport-layer', 'layer')),
  },
  {
    what: 'an idle timeout above Node’s keep-alive',
    found: 'aws_lb.api',
    plant: (patch) => {
      patch.at('aws_lb.api').idle_timeout = 300;
    },
  },
  {
    what: 'a load balancer without its firewall',
    found: 'aws_lb.api',
    plant: (patch) => patch.remove('aws_wafv2_web_acl_association.api'),
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
      patch.json('module.api.aws_iam_role.task', 'assume_role_policy', (text) => text.replace('aws:SourceAccount', 'aws:PrincipalTag/x')),
  },
  {
    what: 'a service of another environment’s name',
    found: SERVICE('worker'),
    plant: (patch) => {
      patch.at(SERVICE('worker')).name = 'iscoolgpt-other-worker';
    },
  },
  {
    what: 'a table without tags',
    found: 'aws_dynamodb_table.jobs',
    plant: (patch) => {
      patch.at('aws_dynamodb_table.jobs').tags_all = {};
    },
  },
];
