import { createDynamoStore } from '../../shared/adapters/dynamo/dynamo-store.ts';
import { createSqsQueue } from '../../shared/adapters/sqs/sqs-queue.ts';
import type { JobRecord } from '../../shared/job/record.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { Queue } from '../../shared/ports/queue.ts';
import type { Store } from '../../shared/ports/store.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import type { Target } from './target.ts';

/** What a command says: one object for programs, lines for people, and how the process ends. */
export interface Report {
  json: Record<string, unknown>;
  lines: string[];
  exitCode: number;
}

/** A stack, opened. */
export interface OpsContext {
  target: Target;
  store: Store;
  queue: Queue;
  deadLetters: DeadLetterQueue;
  clock: Clock;
  close(): Promise<void>;
}

export function openContext(target: Target, clock: Clock): OpsContext {
  const store = createDynamoStore({ aws: target.aws, clock });
  const queue = createSqsQueue({ aws: target.aws });
  const deadLetters = new DeadLetterQueue(target.aws);
  return {
    target,
    store,
    queue,
    deadLetters,
    clock,
    async close() {
      deadLetters.close();
      await Promise.all([store.close(), queue.close()]);
    },
  };
}

/** More open jobs than this are counted, not looked at. */
const MOST = 1000;

/** Jobs that have not ended or still owe a webhook, those first that are due first. */
export async function readOpenJobs({ store }: OpsContext): Promise<{ jobs: JobRecord[]; complete: boolean }> {
  const ids = await store.dueJobs(Number.MAX_SAFE_INTEGER, MOST);
  const found = await store.getJobs(ids);
  const jobs = found.filter((job) => job !== undefined && job.deleted !== true) as JobRecord[];
  return { jobs, complete: ids.length < MOST };
}

/** `75 s`, `12 min`, `3 h`. */
export function duration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 120) return `${seconds} s`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}
