import type { ProviderStatus } from '../shared/job/presence.ts';
import type { JobRecord } from '../shared/job/record.ts';
import { Meters } from '../shared/telemetry/meters.ts';
import type { EndedCall } from './providers/gate.ts';
import type { Provider } from './providers/provider.ts';

const BREAKER_LEVEL = { closed: 0, half_open: 1, open: 2 } as const;

export type WorkerMeters = Meters<'worker'>;

/** What the worker counts, with what it is at any time. */
export function createWorkerMeters(state: {
  busySlots: () => number;
  slots: number;
  providers: () => ProviderStatus[];
}): WorkerMeters {
  const meters = new Meters('worker');
  const ofEach = (value: (status: ProviderStatus) => number) => () =>
    state.providers().map((status) => ({ labels: { provider: status.id }, value: value(status) }));
  meters.gauge('iscoolgpt_slots', () => [{ labels: {}, value: state.slots }]);
  meters.gauge('iscoolgpt_slots_busy', () => [{ labels: {}, value: state.busySlots() }]);
  meters.gauge(
    'iscoolgpt_breaker_state',
    ofEach(({ breaker }) => BREAKER_LEVEL[breaker.state]),
  );
  meters.gauge(
    'iscoolgpt_provider_calls_in_flight',
    ofEach(({ limiter }) => limiter.active),
  );
  meters.gauge(
    'iscoolgpt_provider_calls_waiting',
    ofEach(({ limiter }) => limiter.waiting),
  );
  meters.gauge(
    'iscoolgpt_provider_call_limit',
    ofEach(({ limiter }) => limiter.concurrency),
  );
  return meters;
}

export function countCall(
  meters: WorkerMeters,
  { id: provider }: Provider,
  { completion, latencyMs, cost }: EndedCall,
): void {
  const { outcome, usage } = completion;
  meters.observe('iscoolgpt_provider_call_seconds', { provider, outcome }, latencyMs / 1000);
  if (!('text' in completion) && outcome !== 'aborted') {
    meters.count('iscoolgpt_provider_failures_total', { provider, outcome });
  }
  if (usage) {
    meters.count('iscoolgpt_provider_tokens_total', { provider, direction: 'input' }, usage.input_tokens);
    meters.count('iscoolgpt_provider_tokens_total', { provider, direction: 'output' }, usage.output_tokens);
  }
  if (cost.usd === null) meters.count('iscoolgpt_unpriced_calls_total', { provider });
  else meters.count('iscoolgpt_cost_usd_total', { provider }, cost.usd);
}

/** A job as it was just claimed. */
export function countClaim(meters: WorkerMeters, job: JobRecord): void {
  const first = job.started_at === job.claimed_at;
  meters.count('iscoolgpt_jobs_claimed_total', { claim: first ? 'first' : 'again' });
  if (!first || job.started_at === undefined) return;
  // Two machines' clocks: a wait below zero is none.
  const waitMs = Math.max(0, job.started_at - job.created_at);
  meters.observe('iscoolgpt_job_queue_wait_seconds', {}, waitMs / 1000);
}

/** A job whose end this worker wrote. */
export function countEnd(meters: WorkerMeters, job: JobRecord): void {
  const { status, mode, merged, degraded } = job;
  meters.count('iscoolgpt_jobs_ended_total', { status, degraded: String(degraded) });
  const tookMs = Math.max(0, (job.finished_at ?? job.created_at) - job.created_at);
  meters.observe('iscoolgpt_job_seconds', { mode }, tookMs / 1000);
  if (!merged) return;
  const alone = merged.fallback_reason === null ? 'consensus' : 'fallback';
  meters.count('iscoolgpt_merges_total', { by: merged.merger === null ? alone : 'model' });
  const { agreement } = merged;
  if (agreement) meters.observe('iscoolgpt_agreement', { method: agreement.method }, agreement.score);
}
