import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { EmfRecorder, type Reading } from './emf-recorder.ts';
import {
  definitionOf,
  type LabelsOf,
  type MetricName,
  metricNamesOf,
  type NameOf,
  type ServiceName,
} from './metric-table.ts';
import { PendingCounter } from './pending-counter.ts';

/** Counts what one service does, by the table of names. One for a process. */
export class Meters<S extends ServiceName> {
  readonly service: S;
  readonly #registry = new Registry();
  readonly #counters = new Map<MetricName, PendingCounter>();
  readonly #histograms = new Map<MetricName, Histogram>();
  readonly #gauges = new Map<MetricName, () => Reading[]>();
  #emf: EmfRecorder | undefined;

  constructor(service: S) {
    this.service = service;
    for (const name of metricNamesOf(service)) this.#register(name);
  }

  count<N extends NameOf<S, 'counter'>>(name: N, labels: LabelsOf<N>, by = 1): void {
    this.#counters.get(name)?.count(labels, by);
    this.#emf?.count(name, labels, by);
  }

  observe<N extends NameOf<S, 'histogram'>>(name: N, labels: LabelsOf<N>, value: number): void {
    this.#histograms.get(name)?.observe(labels, value);
    this.#emf?.observe(name, labels, value);
  }

  /** `read` says what a gauge shows whenever somebody looks. */
  gauge<N extends NameOf<S, 'gauge'>>(name: N, read: () => { labels: LabelsOf<N>; value: number }[]): void {
    this.#gauges.set(name, read);
  }

  /** Adds memory, handles, garbage collection and the like of this process, under the names that prom-client gives them. */
  watchProcess(): void {
    collectDefaultMetrics({ register: this.#registry });
  }

  /** In Prometheus' text format. */
  async render(): Promise<{ contentType: string; body: string }> {
    return { contentType: this.#registry.contentType, body: await this.#registry.metrics() };
  }

  /** From now on what happens is kept for `takeEmf`. */
  recordEmf(): void {
    this.#emf = new EmfRecorder();
  }

  /** What happened since the last look, as log lines from which CloudWatch takes metrics. */
  takeEmf(namespace: string, now: number): string[] {
    const gauges = [...this.#gauges].map(([name, read]) => ({ name, readings: read() }));
    return this.#emf?.take(namespace, now, gauges) ?? [];
  }

  #register(name: MetricName): void {
    const { type, labels, answers: help, buckets } = definitionOf(name);
    const common = { name, help, labelNames: labels, registers: [this.#registry] };
    if (type === 'counter') this.#counters.set(name, new PendingCounter(common));
    else if (type === 'histogram') {
      this.#histograms.set(name, new Histogram({ ...common, buckets: [...(buckets ?? [])] }));
    } else this.#registerGauge(name, common);
  }

  #registerGauge(name: MetricName, common: ConstructorParameters<typeof Gauge>[0]): void {
    const read = () => this.#gauges.get(name)?.() ?? [];
    new Gauge({
      ...common,
      collect() {
        this.reset();
        for (const { labels, value } of read()) this.set(labels, value);
      },
    });
  }
}
