import { Distribution, type EmfDistribution } from './emf-distribution.ts';
import { type Labels, LabelTree } from './label-tree.ts';
import { definitionOf, type MetricDefinition, type MetricName } from './metric-table.ts';

/** A value of a gauge, with its labels. */
export interface Reading {
  labels: Labels;
  value: number;
}

interface Series {
  name: MetricName;
  /** In the order of the definition. */
  dimensions: Record<string, string>;
  total: number;
  distribution: Distribution | undefined;
}

const UNITS: Record<string, string> = { seconds: 'Seconds', 'US dollars': 'None', 'share, 0 to 1': 'None' };

/** CloudWatch's word for a unit of the table. */
function emfUnit({ unit, type }: MetricDefinition): string {
  return UNITS[unit] ?? (type === 'gauge' && unit.startsWith('0 ') ? 'None' : 'Count');
}

function dimensionsOf(name: MetricName, labels: Labels): Record<string, string> {
  const wanted = definitionOf(name).dimensions ?? [];
  return Object.fromEntries(wanted.map((label) => [label, labels[label] ?? 'unknown']));
}

/**
 * What happened since the last look, for CloudWatch's embedded metric format:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 * Counters show their growth, histograms their distribution; what did not happen is not shown.
 */
export class EmfRecorder {
  #seriesOf = new Map<MetricName, LabelTree<Series>>();

  count(name: MetricName, labels: Labels, by: number): void {
    if (definitionOf(name).dimensions) this.#of(name, labels).total += by;
  }

  observe(name: MetricName, labels: Labels, value: number): void {
    if (!definitionOf(name).dimensions) return;
    const series = this.#of(name, labels);
    series.distribution ??= new Distribution();
    series.distribution.add(value);
  }

  /** One JSON line for each set of dimension values; what was counted so far is forgotten. `now`: epoch milliseconds. */
  take(
    namespace: string,
    now: number,
    gauges: readonly { name: MetricName; readings: Reading[] }[],
  ): string[] {
    for (const { name, readings } of gauges) {
      for (const { labels, value } of readings) this.count(name, labels, value);
    }
    const lines = new Map<string, Series[]>();
    for (const { leaves } of this.#seriesOf.values()) {
      for (const series of leaves) {
        const key = JSON.stringify(series.dimensions);
        lines.set(key, [...(lines.get(key) ?? []), series]);
      }
    }
    this.#seriesOf = new Map();
    return [...lines.values()].map((together) => formatLine(namespace, now, together));
  }

  #of(name: MetricName, labels: Labels): Series {
    let tree = this.#seriesOf.get(name);
    if (!tree) {
      tree = new LabelTree(definitionOf(name).dimensions ?? [], (values) => ({
        name,
        dimensions: dimensionsOf(name, values),
        total: 0,
        distribution: undefined,
      }));
      this.#seriesOf.set(name, tree);
    }
    return tree.at(labels);
  }
}

function formatLine(namespace: string, now: number, together: readonly Series[]): string {
  const dimensions = together[0]?.dimensions ?? {};
  const values: Record<string, number | EmfDistribution> = {};
  for (const { name, total, distribution } of together) values[name] = distribution?.read() ?? total;
  return JSON.stringify({
    _aws: {
      Timestamp: now,
      CloudWatchMetrics: [
        {
          Namespace: namespace,
          Dimensions: [Object.keys(dimensions)],
          Metrics: together.map(({ name }) => ({ Name: name, Unit: emfUnit(definitionOf(name)) })),
        },
      ],
    },
    ...dimensions,
    ...values,
  });
}
