import type { JobRecord } from './record.ts';

/** How a worker sees one provider. */
export interface ProviderStatus {
  id: string;
  model: string;
  breaker: { state: 'closed' | 'open' | 'half_open'; reason?: string; retry_at?: number };
  limiter: { concurrency: number; max: number; active: number; waiting: number };
  /** Over the last calls; null where there was none. */
  latency_ms: { p50: number; p95: number; n: number } | null;
  error_ratio: number | null;
}

/** A worker's sign of life. Times are epoch milliseconds by its own clock; `expires_at` is TTL, in seconds. */
export interface Presence {
  id: string;
  started_at: number;
  seen_at: number;
  expires_at: number;
  /** Ids of the jobs that it runs. */
  jobs: string[];
  slots: { total: number; busy: number };
  providers: ProviderStatus[];
}

export type ClaimCheck = { mayClaim: true } | { mayClaim: false; retryAfterMs: number };

/**
 * A job may be taken when it has no owner, when its owner has not been seen for a whole visibility,
 * or when its owner, seen since that claim, does not list it: it forgot the job.
 * Safety does not rest on this, the fence does; a wrong guess costs money at most.
 */
export function checkClaim(
  job: JobRecord,
  owner: Presence | undefined,
  now: number,
  visibilityMs: number,
): ClaimCheck {
  if (job.owner === undefined || owner === undefined) return { mayClaim: true };
  const remainingMs = owner.seen_at + visibilityMs - now;
  if (remainingMs <= 0) return { mayClaim: true };
  const forgotten = owner.seen_at > (job.claimed_at ?? 0) && !owner.jobs.includes(job.id);
  if (forgotten) return { mayClaim: true };
  return { mayClaim: false, retryAfterMs: Math.min(remainingMs, visibilityMs) };
}
