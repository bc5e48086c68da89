import { createDynamoStore } from '../shared/adapters/dynamo/dynamo-store.ts';
import { createSqsQueue } from '../shared/adapters/sqs/sqs-queue.ts';
import { systemClock, systemRandom } from '../shared/adapters/system/system-clock.ts';
import { createLog } from '../shared/log.ts';
import { runService } from '../shared/run-service.ts';
import { startSideServer } from '../shared/telemetry/side-server.ts';
import { startReporting } from '../shared/telemetry/start-reporting.ts';
import { startTracing } from '../shared/telemetry/start-tracing.ts';
import { readWorkerConfig } from './config.ts';
import { createHealthApp } from './health-server.ts';
import { blockThread } from './pace/block-thread.ts';
import { createEcsAgent } from './protection/ecs-agent.ts';
import { createProviders } from './providers/create-providers.ts';
import { openProviderPool } from './providers/provider-pool.ts';
import { createPostWebhook } from './webhook/post-webhook.ts';
import { createWorker } from './worker.ts';

await runService(async () => {
  const config = readWorkerConfig(process.env);
  const log = createLog('worker', config.logLevel);
  const store = createDynamoStore({ aws: config.aws, clock: systemClock });
  const queue = createSqsQueue({ aws: config.aws });
  // A pool is bounded by origin, and several providers may share one: the gates bound each of them.
  const pool = openProviderPool({ connections: config.providerConcurrency * config.providers.length });
  // The Gemini SDK knows no other way to be given a fetch.
  globalThis.fetch = pool.fetch;
  const webhooks = createPostWebhook({ allowPrivate: config.appEnv === 'local' });
  const worker = createWorker({
    config,
    store,
    queue,
    clock: systemClock,
    random: systemRandom,
    log,
    providers: createProviders(config.providers, { clock: systemClock, fetch: pool.fetch }),
    postWebhook: webhooks.post,
    setProtection:
      config.ecsAgentUri === undefined ? undefined : createEcsAgent(config.ecsAgentUri, pool.fetch),
    blockThread,
  });
  const { meters } = worker;
  const tracing = await startTracing({ ...config, meters, clock: systemClock, log });
  const reporting = startReporting(meters, {
    ...config,
    clock: systemClock,
    write: (text) => void process.stdout.write(text),
  });
  const health = await startSideServer(
    createHealthApp({ isReady: worker.isReady, meters }),
    config.host,
    config.metricsPort,
  );
  await worker.start();
  return {
    async stop() {
      await worker.stop();
      await tracing.stop();
      await reporting.stop();
      await Promise.all([health.close(), pool.close(), webhooks.close(), store.close(), queue.close()]);
    },
  };
});
