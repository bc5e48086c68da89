import { readFileSync } from 'node:fs';
import { createDynamoStore } from '../shared/adapters/dynamo/dynamo-store.ts';
import { createSqsQueue } from '../shared/adapters/sqs/sqs-queue.ts';
import { systemClock, systemRandom } from '../shared/adapters/system/system-clock.ts';
import { createLog } from '../shared/log.ts';
import { runService } from '../shared/run-service.ts';
import { readApiConfig } from './config.ts';
import { startApi } from './start-api.ts';

await runService(async () => {
  const config = readApiConfig(process.env, (path) => readFileSync(path, 'utf8'));
  return startApi(config, {
    store: createDynamoStore({ aws: config.aws, clock: systemClock }),
    queue: createSqsQueue({ aws: config.aws }),
    clock: systemClock,
    random: systemRandom,
    log: createLog('api', config.logLevel),
  });
});
