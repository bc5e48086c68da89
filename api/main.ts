import { readFileSync } from 'node:fs';
import { createDynamoStore } from '../shared/adapters/dynamo/dynamo-store.ts';
import { createSqsQueue } from '../shared/adapters/sqs/sqs-queue.ts';
import { systemClock, systemRandom } from '../shared/adapters/system/system-clock.ts';
import { createLog } from '../shared/log.ts';
import { runService } from '../shared/run-service.ts';
import { createMetricsApp, startSideServer } from '../shared/telemetry/side-server.ts';
import { startReporting } from '../shared/telemetry/start-reporting.ts';
import { startTracing } from '../shared/telemetry/start-tracing.ts';
import { readApiConfig } from './config.ts';
import { startApi } from './start-api.ts';

await runService(async () => {
  const config = readApiConfig(process.env, (path) => readFileSync(path, 'utf8'));
  const log = createLog('api', config.logLevel);
  const api = await startApi(config, {
    store: createDynamoStore({ aws: config.aws, clock: systemClock }),
    queue: createSqsQueue({ aws: config.aws }),
    clock: systemClock,
    random: systemRandom,
    log,
  });
  const { meters } = api;
  const tracing = await startTracing({ ...config, meters, clock: systemClock, log });
  const reporting = startReporting(meters, {
    ...config,
    clock: systemClock,
    write: (text) => void process.stdout.write(text),
  });
  const side = await startSideServer(createMetricsApp(meters), config.host, config.metricsPort);
  log.info({ host: config.host, port: side.port }, 'metrics are at /metrics');
  return {
    async stop(reason) {
      await api.stop(reason);
      await tracing.stop();
      await Promise.all([reporting.stop(), side.close()]);
    },
  };
});
