import { isSimulated } from '../../shared/config/common.ts';
import type { JobRequest, Mode } from '../../shared/contract/job-request.ts';
import { type FieldError, ProblemError } from '../../shared/contract/problem.ts';
import { hashOf, jobIdOfKey } from '../../shared/job/ids.ts';
import { defaultQuorum, type NewJob, newJob } from '../../shared/job/new-job.ts';
import type { JobRecord, PanelMember } from '../../shared/job/record.ts';
import { activeTraceParent } from '../../shared/telemetry/spans.ts';
import type { ApiDeps } from '../deps.ts';
import { webhookUrlProblem } from './webhook-url.ts';

/** Who asks, and what marks the request as this one and no other. */
export interface Caller {
  client: string;
  traceId: string;
  idempotencyKey: string | undefined;
  payloadHash: string;
}

type Planning = Pick<ApiDeps, 'config' | 'clock'>;

/** What every new job takes from its caller. */
export type Identity = Pick<
  NewJob,
  'id' | 'client' | 'payloadHash' | 'createToken' | 'keyed' | 'traceId' | 'trace'
>;

export function identify({ random }: Pick<ApiDeps, 'random'>, caller: Caller): Identity {
  const key = caller.idempotencyKey;
  return {
    id: key === undefined ? random.id() : jobIdOfKey(caller.client, key),
    client: caller.client,
    payloadHash: caller.payloadHash,
    createToken: random.id(),
    keyed: key !== undefined,
    traceId: caller.traceId,
    trace: activeTraceParent(),
  };
}

function reject(errors: FieldError[]): never {
  throw new ProblemError('invalid_request', 'The request cannot be served as it is: see errors.', { errors });
}

function choosePanel(panel: readonly PanelMember[], wanted: readonly string[] | undefined): PanelMember[] {
  if (!wanted) return [...panel];
  const known = panel.map(({ id }) => id);
  const errors = wanted.flatMap((id, index) =>
    known.includes(id)
      ? []
      : [{ at: `/providers/${index}`, message: `is not known here; the panel is ${known.join(', ')}` }],
  );
  if (errors.length > 0) reject(errors);
  return panel.filter(({ id }) => wanted.includes(id));
}

function checkWebhook({ config }: Planning, webhook: JobRequest['webhook']): void {
  if (!webhook) return;
  if (!config.webhooksEnabled) {
    reject([
      { at: '/webhook', message: 'webhooks are not configured here: poll the job, or follow its events' },
    ]);
  }
  const problem = webhookUrlProblem(webhook.url, config.appEnv === 'local');
  if (problem) reject([{ at: '/webhook/url', message: problem }]);
}

function quorumOf(configured: number | undefined, mode: Mode, panelSize: number): number {
  if (mode === 'fast') return 1;
  return Math.min(configured ?? defaultQuorum(panelSize), panelSize);
}

/** Every merged answer that may stand for another's was asked the same, of the same models, in the same way. */
function cacheHashOf(systemPrompt: string, request: JobRequest, panel: PanelMember[]): string {
  return hashOf(
    request.question.normalize('NFC').trim().replace(/\s+/g, ' '),
    JSON.stringify(panel.map(({ id, model }) => [id, model])),
    request.mode,
    request.strategy,
    request.language ?? '',
    hashOf(systemPrompt),
  );
}

/** A request that fits its schema as a job, not stored yet. Throws `invalid_request` where the panel or the webhook cannot be. */
export function planJob(deps: Planning, identity: Identity, request: JobRequest): JobRecord {
  const { config, clock } = deps;
  const panel = choosePanel(config.panel, request.providers);
  checkWebhook(deps, request.webhook);
  return newJob(
    {
      ...identity,
      question: request.question,
      mode: request.mode,
      strategy: request.strategy,
      language: request.language,
      metadata: request.metadata,
      cacheHash: request.cache ? cacheHashOf(config.systemPrompt, request, panel) : undefined,
      webhook: request.webhook,
      panel,
      simulated: panel.some(({ id }) => isSimulated(id)),
      quorum: quorumOf(config.quorum, request.mode, panel.length),
      deadlineSeconds: request.deadline_seconds,
    },
    clock.now(),
  );
}
