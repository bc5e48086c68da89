import type { Mode, Strategy, WebhookEvent } from '../contract/job-request.ts';
import { DEADLINE_GRACE_MS } from '../contract/limits.ts';
import type { TraceParent } from '../ports/queue.ts';
import { expiresAt } from './ends.ts';
import { createdAtId, shardOf } from './ids.ts';
import type { JobRecord, PanelMember } from './record.ts';
import { untouchedState } from './untouched-job.ts';

/** How long a message that was sent may stay unclaimed before the sweeper sends it again. */
const FIRST_RESEND_MS = 30_000;

export interface NewJob {
  id: string;
  client: string;
  payloadHash: string;
  createToken: string;
  keyed: boolean;
  traceId: string;
  trace?: TraceParent | undefined;
  question: string;
  mode: Mode;
  strategy: Strategy;
  language?: string;
  metadata: Record<string, string>;
  cacheHash?: string;
  webhook?: { url: string; events: WebhookEvent[] };
  panel: PanelMember[];
  simulated: boolean;
  quorum: number;
  deadlineSeconds: number;
}

/** A majority of the panel, and never one answer alone where there could be two. */
export function defaultQuorum(panelSize: number): number {
  return panelSize < 2 ? panelSize : Math.max(2, Math.ceil(panelSize / 2));
}

/** When an open job is looked at next: `resends` sends later, and at its end at the latest. */
export function nextDueAt(job: Pick<JobRecord, 'deadline_at' | 'resends'>, now: number): number {
  return Math.min(
    now + FIRST_RESEND_MS * 2 ** job.resends,
    Math.max(now, job.deadline_at + DEADLINE_GRACE_MS),
  );
}

/** A job as it is first put: queued, unclaimed, nothing spent. */
export function newJob(job: NewJob, now: number): JobRecord {
  const deadlineAt = now + job.deadlineSeconds * 1000;
  return {
    pk: `JOB#${job.id}`,
    id: job.id,
    client: job.client,
    created_at_id: createdAtId(now, job.id),
    open_shard: shardOf(job.id),
    due_at: nextDueAt({ deadline_at: deadlineAt, resends: 0 }, now),
    expires_at: expiresAt(deadlineAt),
    ...untouchedState(),
    resends: 0,
    payload_hash: job.payloadHash,
    create_token: job.createToken,
    keyed: job.keyed,
    trace_id: job.traceId,
    ...(job.trace ? { trace: job.trace } : {}),
    question: job.question,
    mode: job.mode,
    strategy: job.strategy,
    ...(job.language === undefined ? {} : { language: job.language }),
    metadata: job.metadata,
    ...(job.cacheHash === undefined ? {} : { cache_hash: job.cacheHash }),
    ...(job.webhook ? { webhook: { ...job.webhook, state: 'waiting', attempts: 0 } } : {}),
    panel: job.panel,
    simulated: job.simulated,
    quorum: job.quorum,
    created_at: now,
    deadline_at: deadlineAt,
    quorum_got: 0,
    degraded: false,
    filtered: {},
  };
}
