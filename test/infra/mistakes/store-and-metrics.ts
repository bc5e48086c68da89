import { DEFINITIONS, type Mistake, SERVICE, TASK } from './patch.ts';

/** What queue, table, alarms and scaling need. */
export const STORE_AND_METRICS_MISTAKES: readonly Mistake[] = [
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
    what: 'an alarm on all providers together, which nobody counts',
    only: 'production',
    found: 'aws_cloudwatch_metric_alarm.provider_errors["openai"]',
    plant: (patch) => {
      const alarm = patch.at('aws_cloudwatch_metric_alarm.provider_errors["openai"]');
      for (const { metric } of alarm.metric_query as { metric: { dimensions: object }[] }[]) {
        for (const queried of metric) queried.dimensions = {};
      }
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
      patch.block(
        'aws_appautoscaling_policy.worker_jobs',
        'target_tracking_scaling_policy_configuration',
      ).target_value = 100;
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
      patch.json('aws_sqs_queue.jobs', 'redrive_policy', (text) =>
        text.replace('"maxReceiveCount":100', '"maxReceiveCount":3'),
      ),
  },
  {
    what: 'dead letters that go nowhere',
    found: 'aws_sqs_queue.jobs',
    plant: (patch) =>
      patch.json('aws_sqs_queue.jobs', 'redrive_policy', (text) => text.replace('-dead-letters', '-lost')),
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
      patch.json(TASK('worker'), DEFINITIONS, (text) =>
        text.replace(/(\/iscoolgpt-\w+-)jobs"/, '$1questions"'),
      ),
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
