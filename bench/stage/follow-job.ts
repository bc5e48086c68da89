import { systemClock } from '../../shared/adapters/system/system-clock.ts';
import { endWrite } from '../../shared/job/ends.ts';
import type { JobRecord } from '../../shared/job/record.ts';
import { claimWrite } from '../../shared/job/transitions.ts';
import type { Store } from '../../shared/ports/store.ts';

const QUOTA = 1_000_000_000;

/** Does a step of a job's life; whoever measures takes its time. */
export type Step = <T>(name: string, call: () => Promise<T>) => Promise<T>;

/** What one question asks of the table, one after the other; `deliver` is how its message reaches a worker. */
export async function followJob(
  store: Store,
  job: JobRecord,
  step: Step,
  deliver: () => Promise<void> = async () => {},
): Promise<void> {
  const now = systemClock.now();
  const day = new Date(now).toISOString().slice(0, 10);
  await step('count it', () => store.countQuestion(job.client, day, QUOTA));
  await step('put it', () => store.createJob(job));
  await deliver();
  const claim = claimWrite(job, { owner: 'bench', now, dueAt: job.deadline_at, attempts: {} });
  const claimed = await step('claim it', () => store.writeJob(claim));
  if (!claimed.applied) throw new Error(`job ${job.id} refused its claim`);
  const end = endWrite(claimed.job, { status: 'canceled' }, now);
  const ended = await step('end it', () => store.writeJob(end, claimed.job));
  if (!ended.applied) throw new Error(`job ${job.id} refused its end`);
}
