import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { ProviderStatus } from '../shared/job/presence.ts';

const BREAKER_LEVEL = { closed: 0, half_open: 1, open: 2 } as const;

/** What the worker counts. Names and labels are those of the logs and of the API. */
export class WorkerMetrics {
  readonly #registry = new Registry();
  readonly #jobs = new Counter({
    name: 'iscoolgpt_jobs_ended_total',
    help: 'Jobs whose end this worker wrote, by status.',
    labelNames: ['status', 'degraded'] as const,
    registers: [this.#registry],
  });
  readonly #calls = new Histogram({
    name: 'iscoolgpt_provider_call_seconds',
    help: 'Calls to providers, by outcome.',
    labelNames: ['provider', 'outcome'] as const,
    buckets: [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300],
    registers: [this.#registry],
  });
  readonly #errors = new Counter({
    name: 'iscoolgpt_worker_errors_total',
    help: 'What went wrong in the worker itself, by what it was doing.',
    labelNames: ['doing'] as const,
    registers: [this.#registry],
  });

  constructor(state: { busySlots: () => number; slots: number; providers: () => ProviderStatus[] }) {
    const registers = [this.#registry];
    new Gauge({ name: 'iscoolgpt_slots', help: 'Jobs that can run at once.', registers }).set(state.slots);
    new Gauge({
      name: 'iscoolgpt_slots_busy',
      help: 'Jobs that run.',
      registers,
      collect() {
        this.set(state.busySlots());
      },
    });
    new Gauge({
      name: 'iscoolgpt_breaker_state',
      help: '0 closed, 1 half open, 2 open.',
      labelNames: ['provider'] as const,
      registers,
      collect() {
        for (const { id, breaker } of state.providers())
          this.set({ provider: id }, BREAKER_LEVEL[breaker.state]);
      },
    });
  }

  /** Adds memory, handles, event loop and the like of this process. */
  watchProcess(): void {
    collectDefaultMetrics({ register: this.#registry });
  }

  countJob(status: string, degraded: boolean): void {
    this.#jobs.inc({ status, degraded: String(degraded) });
  }

  countCall(provider: string, outcome: string, latencyMs: number): void {
    this.#calls.observe({ provider, outcome }, latencyMs / 1000);
  }

  countError(doing: string): void {
    this.#errors.inc({ doing });
  }

  /** In Prometheus' text format. */
  render(): Promise<{ contentType: string; body: string }> {
    return this.#registry.metrics().then((body) => ({ contentType: this.#registry.contentType, body }));
  }
}
