import { equals, type JobWrite } from './job-write.ts';
import type { JobRecord, WebhookState } from './record.ts';

/** A delivery is counted before it is made, and the next one is due at `dueAt`: of many workers one delivers. */
export function webhookAttemptWrite(job: JobRecord, dueAt: number): JobWrite {
  const attempts = job.webhook?.attempts ?? 0;
  return {
    id: job.id,
    require: [equals(['webhook', 'state'], 'pending'), equals(['webhook', 'attempts'], attempts)],
    set: [
      [['webhook', 'attempts'], attempts + 1],
      [['due_at'], dueAt],
    ],
    remove: [],
    revise: true,
  };
}

/** Nothing more is to be delivered: the job is nobody's business any more. */
export function webhookEndWrite(
  job: JobRecord,
  state: Extract<WebhookState, 'delivered' | 'failed' | 'disabled'>,
): JobWrite {
  return {
    id: job.id,
    require: [
      equals(['webhook', 'state'], 'pending'),
      equals(['webhook', 'attempts'], job.webhook?.attempts ?? 0),
    ],
    set: [[['webhook', 'state'], state]],
    remove: [['open_shard'], ['due_at']],
    revise: true,
  };
}
