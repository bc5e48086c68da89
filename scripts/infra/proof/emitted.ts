import { definitionOf, isMetricName } from '../../../shared/telemetry/metric-table.ts';
import { Service, services } from './service.ts';
import type { Stack } from './stack.ts';

/** A metric that an alarm, a scaling rule or the dashboard looks at, and where it does. */
export interface MetricUse {
  address: string;
  namespace: string;
  metric: string;
  dimensions: Record<string, string>;
  /** Seconds; absent where the place has none of its own. */
  period?: number;
}

const METRICS: Record<string, readonly string[]> = {
  'AWS/SQS': [
    'ApproximateAgeOfOldestMessage',
    'ApproximateNumberOfMessagesNotVisible',
    'ApproximateNumberOfMessagesVisible',
  ],
  'AWS/ECS': ['CPUUtilization', 'MemoryUtilization'],
  'AWS/ApplicationELB': [
    'HTTPCode_ELB_5XX_Count',
    'HTTPCode_Target_5XX_Count',
    'HealthyHostCount',
    'RequestCount',
    'TargetResponseTime',
  ],
  'AWS/DynamoDB': ['ConsumedReadCapacityUnits', 'ConsumedWriteCapacityUnits'],
};

/** The metrics of AWS that only come with their target group. */
const OF_TARGET_GROUP = ['HealthyHostCount'];

function dimensionSets(stack: Stack, namespace: string): Record<string, string>[] {
  const balancers = stack.all('aws_lb').map((one) => ({ LoadBalancer: one.text('arn_suffix') }));
  switch (namespace) {
    case 'AWS/SQS':
      return stack.all('aws_sqs_queue').map((queue) => ({ QueueName: queue.text('name') }));
    case 'AWS/ECS': {
      const ClusterName = stack.single('aws_ecs_cluster').text('name');
      return services(stack).map(({ service }) => ({ ClusterName, ServiceName: service.text('name') }));
    }
    case 'AWS/ApplicationELB': {
      const groups = stack.all('aws_lb_target_group').map((one) => ({ TargetGroup: one.text('arn_suffix') }));
      return [...balancers, ...balancers.flatMap((one) => groups.map((group) => ({ ...one, ...group })))];
    }
    case 'AWS/DynamoDB':
      return stack.all('aws_dynamodb_table').map((table) => ({ TableName: table.text('name') }));
    default:
      return [];
  }
}

function keyOf(dimensions: Record<string, string>): string {
  return Object.entries(dimensions)
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join(', ');
}

/** True where a service is told to write this metric to its log, with these dimensions. */
function isInLog(stack: Stack, { namespace, metric, dimensions }: MetricUse): boolean {
  if (!isMetricName(metric)) return false;
  const definition = definitionOf(metric);
  const wanted = definition.dimensions && [...definition.dimensions].sort().join();
  if (Object.keys(dimensions).sort().join() !== wanted) return false;
  return definition.from
    .map((name) => new Service(stack, name))
    .some((one) => one.env('METRICS_EMF') === '1' && namespace === `IsCoolGPT/${one.env('APP_ENV')}`);
}

/** What is wrong with the use of a metric; undefined where somebody emits it. */
export function unemitted(stack: Stack, use: MetricUse): string | undefined {
  const { namespace, metric, dimensions } = use;
  const name = `${namespace} ${metric} {${keyOf(dimensions)}}`;
  const known = METRICS[namespace];
  if (!known) {
    const filters = stack
      .all('aws_cloudwatch_log_metric_filter')
      .map((one) => one.block('metric_transformation'));
    const emits = filters.some((one) => one.namespace === namespace && one.name === metric);
    if (emits && keyOf(dimensions) === '') return undefined;
    return isInLog(stack, use) ? undefined : `${name}, which neither a metric filter nor a service emits`;
  }
  if (!known.includes(metric)) return `${name}, which ${namespace} does not emit`;
  const fits = dimensionSets(stack, namespace).some((one) => keyOf(one) === keyOf(dimensions));
  if (!fits) return `${name}, with dimensions of nothing in this stack`;
  if (OF_TARGET_GROUP.includes(metric) && !dimensions.TargetGroup)
    return `${name}, which needs a TargetGroup`;
  return undefined;
}
