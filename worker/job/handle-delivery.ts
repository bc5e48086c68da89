import { parseJobMessage } from '../../shared/contract/message.ts';
import type { Delivery } from '../../shared/ports/queue.ts';
import type { Handled } from '../consume/consumer.ts';
import type { TaskProtection } from '../protection/task-protection.ts';
import type { ActiveJobs } from './active-jobs.ts';
import { type ProcessDeps, processJob } from './process-job.ts';
import { traceJob } from './trace-job.ts';

export interface HandlerDeps {
  active: ActiveJobs;
  protection: TaskProtection | undefined;
  processDeps: ProcessDeps;
}

/** What the consumer does with each delivery; `lost` aborts when its lease is over. */
export function createHandler({ active, protection, processDeps }: HandlerDeps) {
  const look = async (delivery: Delivery, lost: AbortSignal): Promise<Handled> => {
    const parsed = parseJobMessage(delivery.body);
    if (!parsed.ok) return { outcome: { kind: 'discard', reason: parsed.reason } };
    const { jobId, untouched } = parsed.message;
    const running = active.get(jobId);
    if (running) {
      running.join(lost);
      return { outcome: running.outcome };
    }
    // Somebody has had what comes again: to claim it unseen would be refused, and cost a write.
    const message = delivery.receiveCount > 1 ? { jobId } : { jobId, untouched };
    const outcome = await active.track(jobId, lost, (self) =>
      traceJob(delivery, jobId, () => processJob(message, self, processDeps)),
    );
    return { outcome };
  };
  if (!protection) return look;
  return (delivery: Delivery, lost: AbortSignal): Promise<Handled> => {
    const done = protection.begin();
    return look(delivery, lost).finally(done);
  };
}
