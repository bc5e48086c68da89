import { type ConsumerLane, measureConsumer } from './consumer-lane.ts';
import { NodeProcess } from './node-process.ts';
import type { RedisServer } from './redis.ts';
import { providerUrls, type Stage } from './stage.ts';

/** BullMQ: its own queue on Redis, one call a job, and no database. */
export async function openBullmqLane(stage: Stage, redis: RedisServer, slots: number): Promise<ConsumerLane> {
  const env = {
    REDIS_PORT: String(redis.port),
    SLOTS: String(slots),
    PROVIDER_URLS: providerUrls(stage.provider, 1).join(','),
  };
  const worker = new NodeProcess('bench/peers/bullmq-worker.ts', { env });
  const producer = new NodeProcess('bench/peers/bullmq-producer.ts', { env });
  await Promise.all([worker.ready(), producer.ready()]);
  return {
    name: 'BullMQ',
    process: worker,
    run: (questions) =>
      measureConsumer(worker, questions.length, async () => {
        await producer.ask('work', questions);
      }),
    [Symbol.asyncDispose]: async () => {
      await Promise.all([worker, producer].map((process) => process[Symbol.asyncDispose]()));
    },
  };
}
