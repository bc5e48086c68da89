import { SpanKind } from '@opentelemetry/api';
import { Webhook } from 'standardwebhooks';
import type { JobRecord } from '../../shared/job/record.ts';
import { webhookAttemptWrite, webhookEndWrite } from '../../shared/job/webhook.ts';
import type { Clock, Random } from '../../shared/ports/clock.ts';
import type { Store } from '../../shared/ports/store.ts';
import { inSpan } from '../../shared/telemetry/spans.ts';
import type { ReportError } from '../report-error.ts';

/** How one delivery went; `again`: it failed and will be repeated. */
export type WebhookResult = 'delivered' | 'disabled' | 'failed' | 'again';

/** Sends one request; resolves with the status, rejects where no answer came. */
export type PostWebhook = (url: string, headers: Record<string, string>, body: string) => Promise<number>;

export interface WebhookDeps {
  store: Store;
  clock: Clock;
  random: Random;
  /** `whsec_…`; undefined where webhooks are not configured. */
  secret: string | undefined;
  post: PostWebhook;
  onError: ReportError;
}

/** Seconds after a failed delivery, growing, as the standard recommends; after the last one the webhook has failed. */
export const RETRY_DELAYS_SECONDS = [5, 30, 120, 600, 1800, 7200, 18_000, 36_000] as const;

/**
 * Delivers a job's end once, at least: signed by https://www.standardwebhooks.com, thin, and with the same
 * `webhook-id` each time, so that a receiver can tell a repetition. Undefined where there was nothing to deliver.
 */
export async function deliverWebhook(job: JobRecord, deps: WebhookDeps): Promise<WebhookResult | undefined> {
  if (job.webhook?.state !== 'pending') return undefined;
  const delaySeconds = RETRY_DELAYS_SECONDS[job.webhook.attempts] ?? 0;
  const spreadMs = Math.round(deps.random.float() * delaySeconds * 200);
  const claimed = await deps.store.writeJob(
    webhookAttemptWrite(job, deps.clock.now() + delaySeconds * 1000 + spreadMs),
  );
  if (!claimed.applied) return undefined;
  const result = await tracePost(claimed.job, deps);
  if (result !== 'again') await deps.store.writeJob(webhookEndWrite(claimed.job, result));
  return result;
}

function tracePost(job: JobRecord, deps: WebhookDeps): Promise<WebhookResult> {
  const attributes = { 'iscoolgpt.job.id': job.id, 'iscoolgpt.webhook.attempt': job.webhook?.attempts ?? 0 };
  return inSpan('deliver webhook', { kind: SpanKind.CLIENT, attributes, parent: job.trace }, async (span) => {
    const result = await post(job, deps);
    span.setAttribute('iscoolgpt.outcome', result);
    return result;
  });
}

async function post(job: JobRecord, deps: WebhookDeps): Promise<WebhookResult> {
  const { url = '', attempts = 0 } = job.webhook ?? {};
  const lastOne = attempts > RETRY_DELAYS_SECONDS.length;
  if (!deps.secret) return 'disabled';
  const { headers, body } = signWebhook(job, deps.secret, new Date(deps.clock.now()));
  try {
    const status = await deps.post(url, headers, body);
    if (status >= 200 && status < 300) return 'delivered';
    // 410: the receiver wants no more, by the standard.
    if (status === 410) return 'disabled';
    deps.onError('delivering a webhook', new Error(`the receiver answered ${status}`), { job_id: job.id });
  } catch (error) {
    deps.onError('delivering a webhook', error, { job_id: job.id });
  }
  return lastOne ? 'failed' : 'again';
}

/** The event names the job and how it ended; what it says is read with the API key. */
export function signWebhook(
  job: JobRecord,
  secret: string,
  at: Date,
): { headers: Record<string, string>; body: string } {
  const type = `job.${job.status}`;
  const id = `${job.id}.${job.status}`;
  const body = JSON.stringify({
    type,
    timestamp: new Date(job.finished_at ?? job.created_at).toISOString(),
    data: {
      id: job.id,
      status: job.status,
      degraded: job.degraded,
      metadata: job.metadata,
      links: { self: `/v1/jobs/${job.id}` },
    },
  });
  return {
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': new Webhook(secret).sign(id, at, body),
    },
    body,
  };
}
