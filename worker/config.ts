import { z } from 'zod';
import { type CommonConfig, readCommonConfig } from '../shared/config/common.ts';
import { type Env, EnvReader } from '../shared/config/env-reader.ts';
import type { Reliability } from './aggregate/trust.ts';
import { readProviderSettings } from './provider-config.ts';
import type { ProviderSettings } from './providers/create-providers.ts';

export interface WorkerConfig extends CommonConfig {
  providers: ProviderSettings[];
  /** Jobs worked on at once. */
  concurrency: number;
  /** Calls to each provider at once, at most. */
  providerConcurrency: number;
  /** How long one receive waits for a message. */
  pollSeconds: number;
  /** How long a stop waits for jobs under way before it gives them back. */
  drainSeconds: number;
  /** The worker's own /health, /ready and /metrics; 0: a free port. */
  metricsPort: number;
  stragglerGraceMs: number;
  stragglers: 'keep' | 'abort';
  /** Calls to one provider for one job. */
  attemptCap: number;
  /** Claims of one job: what kills its workers ends after so many. */
  claimCap: number;
  mergeReserveSeconds: number;
  mergeAttemptCap: number;
  /** Provider ids in the order in which they are tried. */
  mergers: string[];
  /** Shares of graded answers that providers had right, by id; absent: all are trusted alike. */
  reliability?: Reliability;
  sweepSeconds: number;
  webhookSecret: string | undefined;
  /** The queue is known to be new: the first sweep sends every open job again. */
  embeddedStart: boolean;
  /** ECS's agent; ECS itself sets it in each container. */
  ecsAgentUri: string | undefined;
}

function readMergers(env: EnvReader, panelIds: string[]): string[] {
  const text = env.optional('MERGERS');
  if (text === undefined) return panelIds;
  const mergers = text
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '');
  for (const id of mergers) {
    if (!panelIds.includes(id)) env.reject('MERGERS', `"${id}" is not in PANEL`);
  }
  return mergers;
}

const shares = z.record(z.string(), z.number().gt(0).lt(1));

function readReliability(env: EnvReader, panelIds: string[]): Pick<WorkerConfig, 'reliability'> {
  const given = env.json('RELIABILITY', shares);
  if (given === undefined) return {};
  for (const id of Object.keys(given)) {
    if (!panelIds.includes(id)) env.reject('RELIABILITY', `"${id}" is not in PANEL`);
  }
  return { reliability: new Map(Object.entries(given)) };
}

function readWebhookSecret(env: EnvReader): string | undefined {
  const secret = env.optional('WEBHOOK_SECRET');
  if (secret !== undefined && !/^whsec_[A-Za-z0-9+/]{32,}={0,2}$/.test(secret)) {
    env.reject('WEBHOOK_SECRET', 'must be whsec_ and at least 24 bytes in base64');
  }
  return secret;
}

/** Throws `ConfigError` with all mistakes. */
export function readWorkerConfig(environment: Env): WorkerConfig {
  const env = new EnvReader(environment);
  const common = readCommonConfig(env);
  const panelIds = common.panel.map(({ id }) => id);
  const config: WorkerConfig = {
    ...common,
    providers: readProviderSettings(env, common.panel),
    concurrency: env.integer('WORKER_CONCURRENCY', 20, 1, 5000),
    providerConcurrency: env.integer('PROVIDER_CONCURRENCY', 64, 1, 5000),
    pollSeconds: env.integer('POLL_SECONDS', 20, 0, 20),
    drainSeconds: env.integer('DRAIN_SECONDS', common.appEnv === 'local' ? 2 : 90, 0, 110),
    metricsPort: env.integer('METRICS_PORT', 9090, 0, 65_535),
    stragglerGraceMs: env.integer('STRAGGLER_GRACE_MS', 1500, 0, 600_000),
    stragglers: env.oneOf('STRAGGLERS', ['keep', 'abort'], 'keep'),
    attemptCap: env.integer('ATTEMPT_CAP', 3, 1, 10),
    claimCap: env.integer('CLAIM_CAP', 5, 1, 100),
    mergeReserveSeconds: env.integer('MERGE_RESERVE_SECONDS', 10, 1, 300),
    mergeAttemptCap: env.integer('MERGE_ATTEMPT_CAP', 3, 1, 10),
    mergers: readMergers(env, panelIds),
    ...readReliability(env, panelIds),
    sweepSeconds: env.integer('SWEEP_SECONDS', 5, 1, 300),
    webhookSecret: readWebhookSecret(env),
    embeddedStart: env.oneOf('EMBEDDED_START', ['0', '1'], '0') === '1',
    ecsAgentUri: env.url('ECS_AGENT_URI'),
  };
  env.finish();
  return config;
}
