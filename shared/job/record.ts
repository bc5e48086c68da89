import type { Agreement, Dissent } from '../contract/agreement.ts';
import type { JobErrorCode, ProviderErrorCode } from '../contract/job.ts';
import type { Mode, Strategy, WebhookEvent } from '../contract/job-request.ts';
import type { AnswerOutcome, Outcome, Usage } from '../contract/outcome.ts';
import type { JobPhase, JobStatus } from '../contract/states.ts';
import type { TraceParent } from '../ports/queue.ts';

/** US dollars; `usd` is null and `priced` false where the price is unknown. */
export interface Cost {
  usd: number | null;
  priced: boolean;
}

/** One line of the ledger: a call, written down before it is made. Without an outcome nobody knows how it ended. */
export interface Attempt {
  provider: string;
  purpose: 'answer' | 'merge';
  /** The fence of the claim that made the call. */
  fence: number;
  /** Epoch milliseconds. */
  started_at: number;
  outcome?: Outcome;
  latency_ms?: number;
  possibly_billed?: boolean;
  usage?: Usage | null;
  cost?: Cost;
}

/** A provider's answer, kept from the moment it arrived. */
export interface StoredAnswer {
  attempt: string;
  outcome: AnswerOutcome;
  text: string;
  language: string | null;
  finish: string;
  latency_ms: number;
  usage: Usage | null;
  cost: Cost;
  /** Epoch milliseconds. */
  at: number;
}

/** Why a provider will not be called again for this job. */
export interface ProviderFailure {
  code: ProviderErrorCode;
  message: string;
  retryable: boolean;
}

/** When a provider may be called again, and why not before. `until` is in epoch milliseconds. */
export interface ProviderWait extends ProviderFailure {
  until: number;
}

export interface Merged {
  text: string;
  language: string | null;
  strategy: Strategy;
  /** The provider that merged; null where no model did. */
  merger: string | null;
  /** Whose answers stand behind the text. */
  providers: string[];
  agreement: Agreement | null;
  dissent: Dissent[];
  /** Why the strategy asked for was not the one used; null where it was. */
  fallback_reason: string | null;
}

export type WebhookState = 'waiting' | 'pending' | 'delivered' | 'failed' | 'disabled' | 'unwanted';

export interface WebhookRecord {
  url: string;
  events: WebhookEvent[];
  state: WebhookState;
  /** Deliveries counted, each before it was made. */
  attempts: number;
}

export interface PanelMember {
  id: string;
  model: string;
}

/**
 * A job: one item, so that one conditional write is decision and revision at once.
 * Field names are those of the table. Times are epoch milliseconds, but `expires_at` (TTL), which is in seconds.
 */
export interface JobRecord {
  pk: string;
  id: string;
  client: string;
  /** Range key of `by_client`; absent in a tombstone, which is listed nowhere. */
  created_at_id?: string;
  /** Present while the job, or its webhook, still needs somebody: the sparse index `open_jobs`. */
  open_shard?: string;
  due_at?: number;
  expires_at: number;

  status: JobStatus;
  phase?: JobPhase;
  revision: number;
  fence: number;
  owner?: string;
  /** By the owner's clock, to be compared with the owner's presence only. */
  claimed_at?: number;
  claims: number;
  resends: number;

  payload_hash: string;
  /** Drawn for each put: tells a put whose response was lost from somebody else's row. */
  create_token: string;
  keyed: boolean;
  trace_id: string;
  /** The submit's own span, while traces are sent: what happens to the job later belongs to it. */
  trace?: TraceParent;
  question: string;
  mode: Mode;
  strategy: Strategy;
  language?: string;
  metadata: Record<string, string>;
  /** Where the merged answer may be kept for the same question; absent where caching was declined. */
  cache_hash?: string;
  webhook?: WebhookRecord;
  panel: PanelMember[];
  simulated: boolean;
  quorum: number;

  created_at: number;
  started_at?: number;
  finished_at?: number;
  deadline_at: number;

  ledger: Record<string, Attempt>;
  answers: Record<string, StoredAnswer>;
  failures: Record<string, ProviderFailure>;
  waits: Record<string, ProviderWait>;

  quorum_got: number;
  degraded: boolean;
  merged?: Merged;
  /** The answers that the end looked at; any other is late. */
  considered?: string[];
  filtered: Record<string, string>;
  error?: { code: JobErrorCode; message: string; retryable: boolean };
  cached_from?: string;
  merged_from?: string;
  deleted?: true;
}
