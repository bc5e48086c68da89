import { Counter, type CounterConfiguration } from 'prom-client';
import { type Labels, LabelTree } from './label-tree.ts';

interface Pending {
  labels: Labels;
  by: number;
}

/** A counter that is told what came together only when somebody looks: prom-client puts a key together each time. */
export class PendingCounter {
  readonly #pending: LabelTree<Pending>;

  constructor(config: CounterConfiguration<string>) {
    const pending = new LabelTree<Pending>(config.labelNames ?? [], (labels) => ({ labels, by: 0 }));
    this.#pending = pending;
    new Counter({
      ...config,
      collect() {
        for (const series of pending.leaves) {
          this.inc(series.labels, series.by);
          series.by = 0;
        }
      },
    });
  }

  count(labels: Labels, by: number): void {
    this.#pending.at(labels).by += by;
  }
}
