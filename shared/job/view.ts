import type { JobView, ProviderView } from '../contract/job.ts';
import { isDone } from '../contract/states.ts';
import type { Attempt, Cost, JobRecord, PanelMember, ProviderFailure } from './record.ts';

const iso = (time: number): string => new Date(time).toISOString();
const isoOrNull = (time: number | undefined): string | null => (time === undefined ? null : iso(time));

const NO_COST: Cost = { usd: null, priced: false };

/** An attempt whose outcome nobody wrote, in a job that ended or has another owner now. */
function isUnknown(job: JobRecord, attempt: Attempt): boolean {
  return attempt.outcome === undefined && (isDone(job.status) || attempt.fence < job.fence);
}

function outcomeOf(job: JobRecord, attempt: Attempt): JobView['ledger']['calls'][number]['outcome'] {
  return attempt.outcome ?? (isUnknown(job, attempt) ? 'outcome_unknown' : 'running');
}

function attemptsOf(job: JobRecord, provider: string): Attempt[] {
  return Object.values(job.ledger)
    .filter((attempt) => attempt.provider === provider && attempt.purpose === 'answer')
    .sort((a, b) => a.started_at - b.started_at);
}

function providerState(job: JobRecord, id: string, last: Attempt | undefined): ProviderView['state'] {
  if (job.answers[id]) return job.considered && !job.considered.includes(id) ? 'late' : 'answered';
  if (job.failures[id]) return 'failed';
  if (last && isUnknown(job, last)) return 'outcome_unknown';
  if (isDone(job.status)) return last ? 'failed' : 'skipped';
  if (job.waits[id]) return 'waiting';
  return last && last.outcome === undefined ? 'running' : 'pending';
}

function errorOf(failure: ProviderFailure | undefined): ProviderView['error'] {
  return failure ? { code: failure.code, message: failure.message, retryable: failure.retryable } : null;
}

function viewProvider(job: JobRecord, { id, model }: PanelMember): ProviderView {
  const answer = job.answers[id];
  const attempts = attemptsOf(job, id);
  const last = attempts.at(-1);
  const wait = isDone(job.status) ? undefined : job.waits[id];
  return {
    id,
    model,
    state: providerState(job, id, last),
    attempts: attempts.length,
    finish: answer?.finish ?? null,
    latency_ms: answer?.latency_ms ?? last?.latency_ms ?? null,
    answer: answer ? { text: answer.text, language: answer.language } : null,
    filtered: job.filtered[id] ? { reason: job.filtered[id] } : null,
    usage: answer?.usage ?? last?.usage ?? null,
    cost: answer?.cost ?? last?.cost ?? null,
    error: answer ? null : errorOf(job.failures[id] ?? job.waits[id]),
    next_attempt_at: isoOrNull(wait?.until),
  };
}

function viewLedger(job: JobRecord): JobView['ledger'] {
  const attempts = Object.values(job.ledger).sort((a, b) => a.started_at - b.started_at);
  const priced = attempts.flatMap(({ cost }) => (cost?.priced && cost.usd !== null ? [cost.usd] : []));
  return {
    spent_usd: attempts.length > 0 && priced.length === 0 ? null : priced.reduce((sum, usd) => sum + usd, 0),
    unpriced_calls: attempts.filter(({ cost }) => cost && !cost.priced).length,
    calls: attempts.map((attempt) => ({
      provider: attempt.provider,
      purpose: attempt.purpose,
      started_at: iso(attempt.started_at),
      outcome: outcomeOf(job, attempt),
      possibly_billed: attempt.possibly_billed ?? isUnknown(job, attempt),
      cost: attempt.cost ?? NO_COST,
    })),
  };
}

function viewWebhook({ webhook }: JobRecord): JobView['webhook'] {
  if (!webhook) return null;
  return { url: webhook.url, events: webhook.events, state: webhook.state, attempts: webhook.attempts };
}

function viewMerged({ merged }: JobRecord): Pick<JobView, 'answer' | 'agreement' | 'dissent' | 'aggregator'> {
  if (!merged) return { answer: null, agreement: null, dissent: [], aggregator: null };
  return {
    answer: { text: merged.text, language: merged.language },
    agreement: merged.agreement,
    dissent: merged.dissent,
    aggregator: {
      strategy: merged.strategy,
      merger: merged.merger,
      providers: merged.providers,
      fallback_reason: merged.fallback_reason,
    },
  };
}

/** What its client sees of a job, at any time: a poll, a list, an SSE event and a replay show the same. */
export function viewJob(job: JobRecord): JobView {
  const self = `/v1/jobs/${job.id}`;
  return {
    id: job.id,
    status: job.status,
    phase: job.phase ?? null,
    done: isDone(job.status),
    revision: job.revision,
    // Less than the quorum, and nothing merged of it, is a failure: no answer that needs care.
    degraded: job.degraded && job.merged !== undefined,
    quorum: { required: job.quorum, got: job.quorum_got },
    question: job.question,
    mode: job.mode,
    strategy: job.strategy,
    language: job.language ?? null,
    metadata: job.metadata,
    simulated: job.simulated,
    ...viewMerged(job),
    providers: job.panel.map((member) => viewProvider(job, member)),
    error: job.error ?? null,
    created_at: iso(job.created_at),
    started_at: isoOrNull(job.started_at),
    finished_at: isoOrNull(job.finished_at),
    deadline_at: iso(job.deadline_at),
    expires_at: iso(job.expires_at * 1000),
    cached_from: job.cached_from ?? null,
    merged_from: job.merged_from ?? null,
    webhook: viewWebhook(job),
    ledger: viewLedger(job),
    links: { self, events: `${self}/events`, cancel: `${self}/cancel`, merge: `${self}/merge` },
  };
}
