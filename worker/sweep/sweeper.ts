import { isDone } from '../../shared/contract/states.ts';
import { endWrite, isOverdue } from '../../shared/job/ends.ts';
import { nextDueAt } from '../../shared/job/new-job.ts';
import { checkClaim } from '../../shared/job/presence.ts';
import type { JobRecord } from '../../shared/job/record.ts';
import { sendJob } from '../../shared/job/send-job.ts';
import { settleOverdue } from '../../shared/job/settle-overdue.ts';
import { postponeWrite } from '../../shared/job/transitions.ts';
import type { Clock, Random } from '../../shared/ports/clock.ts';
import type { Queue } from '../../shared/ports/queue.ts';
import type { Store } from '../../shared/ports/store.ts';
import type { ReportError } from '../report-error.ts';

export interface SweeperDeps {
  store: Store;
  queue: Queue;
  clock: Clock;
  random: Random;
  visibilitySeconds: number;
  sweepSeconds: number;
  /** Messages waiting beyond this are a backlog: sending more of the same would only lengthen it. */
  backlogMessages: number;
  deliverWebhook: (job: JobRecord) => Promise<void>;
  onEnded: (job: JobRecord) => void;
  onResent: () => void;
  onError: ReportError;
}

const PAGE = 100;

/** Looks after every open job that is due: ends it, sends it again, or delivers its webhook. */
export class Sweeper {
  readonly #deps: SweeperDeps;
  readonly #stop = new AbortController();
  #loop: Promise<void> = Promise.resolve();

  constructor(deps: SweeperDeps) {
    this.#deps = deps;
  }

  /** `everything`: the first sweep sends every open job again, due or not: the queue is known to have lost them. */
  start({ everything }: { everything: boolean }): void {
    this.#loop = this.#run(everything);
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#loop;
  }

  async #run(everything: boolean): Promise<void> {
    const { clock, random, sweepSeconds, onError } = this.#deps;
    let horizon = everything ? Number.MAX_SAFE_INTEGER : undefined;
    while (!this.#stop.signal.aborted) {
      try {
        await this.sweep(horizon);
        horizon = undefined;
      } catch (error) {
        onError('sweeping', error);
      }
      // Many workers sweep: jitter keeps them apart.
      const ms = sweepSeconds * 1000 * (0.75 + random.float() / 2);
      await clock.sleep(ms, this.#stop.signal).catch(() => {});
    }
  }

  /** One sweep of the jobs due by `horizon` (epoch milliseconds; default now), page by page. */
  async sweep(horizon?: number): Promise<void> {
    const { store, clock, queue } = this.#deps;
    const seen = new Set<string>();
    const { visible } = await queue.depth();
    const backlogged = visible > this.#deps.backlogMessages;
    for (;;) {
      const ids = (await store.dueJobs(horizon ?? clock.now(), PAGE + seen.size)).filter(
        (id) => !seen.has(id),
      );
      if (ids.length === 0 || this.#stop.signal.aborted) return;
      for (const id of ids) seen.add(id);
      const jobs = await store.getJobs(ids);
      await Promise.all(jobs.map((job) => job && this.#look(job, backlogged, horizon !== undefined)));
    }
  }

  async #look(job: JobRecord, backlogged: boolean, everything: boolean): Promise<void> {
    try {
      await this.#attend(job, backlogged, everything);
    } catch (error) {
      this.#deps.onError('sweeping a job', error, { job_id: job.id });
    }
  }

  async #attend(job: JobRecord, backlogged: boolean, everything: boolean): Promise<void> {
    const { store, clock, queue, onEnded, onResent, deliverWebhook } = this.#deps;
    const now = clock.now();
    // The index lags: the job itself says whether it is still due.
    if (job.deleted || job.due_at === undefined || (!everything && job.due_at > now)) return;
    if (isDone(job.status)) return deliverWebhook(job);
    if (isOverdue(job, now)) {
      const { ended } = await settleOverdue(store, job, now);
      if (ended) onEnded(ended);
      return;
    }
    if (await this.#hasLiveOwner(job, now))
      return void (await store.writeJob(postponeWrite(job, nextDueAt(job, now), job.resends)));
    if (job.status === 'canceling') {
      const result = await store.writeJob(endWrite(job, { status: 'canceled' }, now));
      if (result.applied) onEnded(result.job);
      return;
    }
    if (backlogged) return;
    await sendJob(queue, job);
    onResent();
    const resends = job.resends + 1;
    await store.writeJob(postponeWrite(job, nextDueAt({ ...job, resends }, now), resends));
  }

  async #hasLiveOwner(job: JobRecord, now: number): Promise<boolean> {
    if (job.owner === undefined) return false;
    const owner = await this.#deps.store.getPresence(job.owner);
    return !checkClaim(job, owner, now, this.#deps.visibilitySeconds * 1000).mayClaim;
  }
}
