import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { endWithParent } from '../processes/serve.ts';
import { answerParent, tellReady } from '../stage/ipc.ts';

const LOOK_MS = 50;

endWithParent();
const connection = new Redis(Number(process.env.REDIS_PORT), '127.0.0.1', { maxRetriesPerRequest: null });
const queue = new Queue('jobs', { connection });

/** Adds them all and resolves once none is left; rejects where one has failed. */
async function work(questions: string[]): Promise<void> {
  await queue.addBulk(questions.map((question) => ({ name: 'job', data: { question } })));
  while (true) {
    const { waiting = 0, active = 0, delayed = 0, failed = 0 } = await queue.getJobCounts();
    if (failed > 0) throw new Error(`${failed} jobs of BullMQ failed`);
    if (waiting + active + delayed === 0) return;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

answerParent({ work });
await queue.waitUntilReady();
tellReady('ready');
