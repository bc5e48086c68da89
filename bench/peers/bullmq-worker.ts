import { Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { endWithParent } from '../processes/serve.ts';
import { tellReady } from '../stage/ipc.ts';
import { callProvider, providers } from './call-provider.ts';

const slots = Number(process.env.SLOTS);

endWithParent();
const connection = new Redis(Number(process.env.REDIS_PORT), '127.0.0.1', { maxRetriesPerRequest: null });
const worker = new Worker<{ question: string }>(
  'jobs',
  (job) => callProvider(providers[0] as string, job.data.question),
  { connection, concurrency: slots, removeOnComplete: { count: 0 } },
);
worker.on('error', (error) => console.error(error));
await worker.waitUntilReady();
tellReady(slots);
