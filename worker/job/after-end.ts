import { LIMITS } from '../../shared/contract/limits.ts';
import type { Attempt, JobRecord } from '../../shared/job/record.ts';
import type { Log } from '../../shared/log.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { Store } from '../../shared/ports/store.ts';
import { countEnd, type WorkerMeters } from '../metrics.ts';
import type { ReportError } from '../report-error.ts';

export interface AfterEndDeps {
  store: Store;
  clock: Clock;
  log: Log;
  meters: WorkerMeters;
  workerId: string;
  deliver: (job: JobRecord) => Promise<void>;
  onError: ReportError;
}

/** What follows an end that this worker wrote. None of it can change the end, so none of it is waited for. */
export function afterEnd(job: JobRecord, deps: AfterEndDeps): void {
  countEnd(deps.meters, job);
  deps.log.info(describeEnd(job, deps.workerId), 'job ended');
  void keepForCache(job, deps).catch((error) => deps.onError('caching an answer', error, { job_id: job.id }));
  void deps.deliver(job).catch((error) => deps.onError('delivering a webhook', error, { job_id: job.id }));
}

async function keepForCache(job: JobRecord, { store, clock }: AfterEndDeps): Promise<void> {
  if (job.status !== 'succeeded' || job.degraded || job.cache_hash === undefined) return;
  const expiresAt = Math.ceil(clock.now() / 1000) + LIMITS.cacheSeconds;
  await store.putCached(job.client, job.cache_hash, { jobId: job.id, expiresAt });
}

const describeCall = ({ provider, purpose, outcome, latency_ms }: Attempt) => ({
  provider,
  purpose,
  outcome,
  latency_ms,
});
const addCost = (sum: number, { cost }: Attempt): number => sum + (cost?.usd ?? 0);

/** One wide event a job; neither the question nor an answer stands in it. */
function describeEnd(job: JobRecord, workerId: string): Record<string, unknown> {
  const calls = Object.values(job.ledger);
  return {
    job_id: job.id,
    trace_id: job.trace_id,
    client: job.client,
    worker_id: workerId,
    status: job.status,
    error_code: job.error?.code,
    degraded: job.degraded,
    quorum: { required: job.quorum, got: job.quorum_got },
    strategy: job.strategy,
    merger: job.merged?.merger,
    fallback_reason: job.merged?.fallback_reason,
    agreement: job.merged?.agreement?.score,
    claims: job.claims,
    calls: calls.map(describeCall),
    spent_usd: calls.reduce(addCost, 0),
    queued_ms: job.started_at === undefined ? undefined : job.started_at - job.created_at,
    duration_ms: (job.finished_at ?? job.created_at) - job.created_at,
  };
}
