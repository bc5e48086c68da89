import { systemRandom } from '../../shared/adapters/system/system-clock.ts';
import { isDone } from '../../shared/contract/states.ts';
import type { JobRecord } from '../../shared/job/record.ts';
import { Sweeper } from '../../worker/sweep/sweeper.ts';
import type { OpsContext, Report } from './context.ts';
import { EXIT } from './help.ts';

/** Ten times the slots of one worker: beyond, more messages of the same jobs would only lengthen the queue. */
const BACKLOG_MESSAGES = 200;

/** One sweep now, by the workers' own code. `all`: every open job is sent again, due or not. */
export async function sweepOnce(context: OpsContext, { all }: { all: boolean }): Promise<Report> {
  const { store, queue, clock, target } = context;
  const ended: JobRecord[] = [];
  const failed: string[] = [];
  let sent = 0;
  let webhooks = 0;
  const sweeper = new Sweeper({
    store,
    queue,
    clock,
    random: systemRandom,
    visibilitySeconds: target.visibilityMs / 1000,
    sweepSeconds: 1,
    backlogMessages: all ? Number.POSITIVE_INFINITY : BACKLOG_MESSAGES,
    // Their secret is the workers' alone, and delivering without it would call them disabled.
    deliverWebhook: async () => {
      webhooks += 1;
    },
    onResent: () => {
      sent += 1;
    },
    onEnded: (job) => void (isDone(job.status) && ended.push(job)),
    onError: (doing, error, context) => {
      failed.push(`${doing} ${JSON.stringify(context ?? {})}: ${(error as Error).message}`);
    },
  });
  await sweeper.sweep(all ? Number.MAX_SAFE_INTEGER : undefined);
  const statuses = ended.map(({ id, status }) => ({ id, status }));
  return {
    json: { sent_again: sent, ended: statuses, webhooks_left: webhooks, failed },
    lines: [
      ...statuses.map(({ id, status }) => `ended  ${id}  ${status}`),
      ...failed.map((failure) => `! ${failure}`),
      `${sent} sent again, ${ended.length} ended, ${webhooks} webhooks left to the workers, ${failed.length} failed`,
    ],
    exitCode: failed.length > 0 ? EXIT.failed : EXIT.ok,
  };
}
