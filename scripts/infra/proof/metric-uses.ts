import type { MetricUse } from './emitted.ts';
import type { Json, Resource, Stack } from './stack.ts';

type Block = Record<string, Json>;

function blocksAt(block: Block | undefined, name: string): Block[] {
  const value = block?.[name];
  return Array.isArray(value) ? (value as Block[]) : [];
}

function alarmUses(alarm: Resource): MetricUse[] {
  const own: Block[] = alarm.text('metric_name') ? [alarm.values] : [];
  const queried = alarm.blocks('metric_query').flatMap((query) => blocksAt(query, 'metric'));
  return [...own, ...queried].map((metric) => ({
    address: alarm.address,
    namespace: String(metric.namespace),
    metric: String(metric.metric_name),
    dimensions: (metric.dimensions ?? {}) as Record<string, string>,
    period: Number(metric.period),
  }));
}

function scalingUses(policy: Resource): MetricUse[] {
  const [tracking] = policy.blocks('target_tracking_scaling_policy_configuration');
  const [custom] = blocksAt(tracking, 'customized_metric_specification');
  return blocksAt(custom, 'metrics')
    .flatMap((metrics) => blocksAt(metrics, 'metric_stat'))
    .flatMap((stat) => blocksAt(stat, 'metric'))
    .map((metric) => ({
      address: policy.address,
      namespace: String(metric.namespace),
      metric: String(metric.metric_name),
      dimensions: Object.fromEntries(blocksAt(metric, 'dimensions').map(({ name, value }) => [name, value])),
    }));
}

interface DashboardBody {
  widgets: { properties: { metrics: (string | object)[][] } }[];
}

function dashboardUses(dashboard: Resource): MetricUse[] {
  const { widgets } = JSON.parse(dashboard.text('dashboard_body')) as DashboardBody;
  return widgets
    .flatMap(({ properties }) => properties.metrics)
    .map((row) => {
      const [namespace = '', metric = '', ...rest] = row.filter((cell) => typeof cell === 'string');
      const pairs = rest.flatMap((cell, index) => (index % 2 === 0 ? [[cell, rest[index + 1] ?? '']] : []));
      return { address: dashboard.address, namespace, metric, dimensions: Object.fromEntries(pairs) };
    });
}

/** Every metric that the stack looks at. */
export function metricUses(stack: Stack): MetricUse[] {
  return [
    ...stack.all('aws_cloudwatch_metric_alarm').flatMap(alarmUses),
    ...stack.all('aws_appautoscaling_policy').flatMap(scalingUses),
    ...stack.all('aws_cloudwatch_dashboard').flatMap(dashboardUses),
  ];
}
