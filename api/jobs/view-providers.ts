import { isSimulated } from '../../shared/config/common.ts';
import { LIMITS } from '../../shared/contract/limits.ts';
import type { ProvidersView } from '../../shared/contract/providers.ts';
import { defaultQuorum } from '../../shared/job/new-job.ts';
import type { Presence, ProviderStatus } from '../../shared/job/presence.ts';
import type { PanelMember } from '../../shared/job/record.ts';
import type { ApiConfig } from '../config.ts';

type Seen = ProvidersView['providers'][number]['workers'][number];

const iso = (time: number): string => new Date(time).toISOString();
const ageMs = (worker: Presence, now: number): number => Math.max(0, now - worker.seen_at);

function viewStatus(worker: Presence, status: ProviderStatus, now: number): Seen {
  const { breaker, limiter, latency_ms, error_ratio } = status;
  return {
    worker: worker.id,
    seen_at: iso(worker.seen_at),
    age_ms: ageMs(worker, now),
    breaker: {
      state: breaker.state,
      reason: breaker.reason ?? null,
      retry_at: breaker.retry_at === undefined ? null : iso(breaker.retry_at),
    },
    limiter: {
      concurrency: limiter.concurrency,
      max: limiter.max,
      active: limiter.active,
      waiting: limiter.waiting,
    },
    latency_ms,
    error_ratio,
  };
}

function viewMember(member: PanelMember, workers: readonly Presence[], now: number) {
  return {
    id: member.id,
    model: member.model,
    simulated: isSimulated(member.id),
    workers: workers.flatMap((worker) =>
      worker.providers
        .filter(({ id, model }) => id === member.id && model === member.model)
        .map((status) => viewStatus(worker, status, now)),
    ),
  };
}

/** The panel as those workers see it that were heard of within a visibility. */
export function viewProviders(config: ApiConfig, presences: readonly Presence[], now: number): ProvidersView {
  const alive = presences.filter((worker) => ageMs(worker, now) < config.visibilitySeconds * 1000);
  return {
    providers: config.panel.map((member) => viewMember(member, alive, now)),
    workers: alive.map((worker) => ({
      id: worker.id,
      started_at: iso(worker.started_at),
      seen_at: iso(worker.seen_at),
      age_ms: ageMs(worker, now),
      slots: { total: worker.slots.total, busy: worker.slots.busy },
    })),
    limits: {
      panel_size: config.panel.length,
      quorum: config.quorum ?? defaultQuorum(config.panel.length),
      question_characters: LIMITS.questionCharacters,
      deadline_seconds_max: LIMITS.deadlineSecondsMax,
      max_wait_seconds: config.maxWaitSeconds,
      rate_per_minute: config.ratePerMinute,
      daily_quota: config.dailyQuota,
    },
  };
}
