import type { PanelMember } from '../../shared/job/record.ts';
import type { WorkerConfig } from '../config.ts';

/** A worker's configuration where queue and store are handed in: the defaults, but for short polls and a short drain. */
export function testWorkerConfig(providers: readonly PanelMember[]): WorkerConfig {
  const panel = providers.map(({ id, model }) => ({ id, model }));
  return {
    appEnv: 'local',
    host: '127.0.0.1',
    logLevel: 'info',
    aws: {
      region: 'test',
      sqsEndpoint: undefined,
      dynamodbEndpoint: undefined,
      credentials: undefined,
      queueUrl: '',
      deadLetterQueueUrl: '',
      tableName: '',
    },
    panel,
    visibilitySeconds: 30,
    systemPrompt: 'You are a tutor.',
    telemetry: { emf: false, otlpEndpoint: undefined, traceRatio: 1 },
    providers: [],
    concurrency: 10,
    providerConcurrency: 10,
    pollSeconds: 1,
    drainSeconds: 2,
    metricsPort: 0,
    stragglerGraceMs: 1500,
    stragglers: 'keep',
    attemptCap: 3,
    claimCap: 5,
    mergeReserveSeconds: 10,
    mergeAttemptCap: 3,
    mergers: panel.map(({ id }) => id),
    sweepSeconds: 5,
    webhookSecret: undefined,
    embeddedStart: false,
    ecsAgentUri: undefined,
  };
}
