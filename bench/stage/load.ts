import { setTimeout as sleep } from 'node:timers/promises';
import { createDynamoStore } from '../../shared/adapters/dynamo/dynamo-store.ts';
import { createSqsQueue } from '../../shared/adapters/sqs/sqs-queue.ts';
import { systemClock } from '../../shared/adapters/system/system-clock.ts';
import type { AwsConfig } from '../../shared/config/common.ts';
import { formatJobMessage } from '../../shared/contract/message.ts';
import type { NewJob } from '../../shared/job/new-job.ts';
import type { JobRecord, PanelMember } from '../../shared/job/record.ts';
import { messageOf } from '../../shared/job/untouched-job.ts';
import type { Queue } from '../../shared/ports/queue.ts';
import type { Store } from '../../shared/ports/store.ts';
import { benchJob } from './bench-job.ts';

const LOOK_MS = 50;
const PUTS_AT_ONCE = 25;
const PUT_TRIES = 5;

/** Puts work into a lane and watches it get done, from outside of the contender. */
export class Load {
  readonly #store: Store;
  readonly #queue: Queue;

  constructor(lane: AwsConfig) {
    this.#store = createDynamoStore({ aws: lane, clock: systemClock });
    this.#queue = createSqsQueue({ aws: lane });
  }

  /** Puts jobs as the API does, before any message asks for them. */
  async putJobs(
    questions: readonly string[],
    panel: PanelMember[],
    over: Partial<NewJob> = {},
  ): Promise<JobRecord[]> {
    const jobs = questions.map((question) => benchJob(question, panel, over));
    for (let start = 0; start < jobs.length; start += PUTS_AT_ONCE) {
      await Promise.all(jobs.slice(start, start + PUTS_AT_ONCE).map((job) => this.#put(job)));
    }
    return jobs;
  }

  async send(bodies: readonly string[]): Promise<void> {
    await Promise.all(bodies.map((body) => this.#queue.send(body)));
  }

  async sendJobs(jobs: readonly JobRecord[]): Promise<void> {
    await this.send(jobs.map((job) => formatJobMessage(messageOf(job))));
  }

  /** Resolves once every message is gone: worked on and deleted. */
  async drained(withinMs: number): Promise<void> {
    const limit = systemClock.monotonic() + withinMs;
    while (true) {
      const depth = await this.#queue.depth();
      if (depth.visible + depth.inFlight + depth.delayed === 0) return;
      if (systemClock.monotonic() > limit) {
        throw new Error(`the queue is not empty after ${withinMs} ms: ${JSON.stringify(depth)}`);
      }
      await sleep(LOOK_MS);
    }
  }

  /** Rejects unless each job is complete: a benchmark of work that was not done says nothing. */
  async assertComplete(jobs: readonly JobRecord[], isComplete: (job: JobRecord) => boolean): Promise<void> {
    const found = await this.#store.getJobs(jobs.map(({ id }) => id));
    const short = found.filter((job) => job === undefined || !isComplete(job));
    if (short.length === 0) return;
    throw new Error(
      `${short.length} of ${jobs.length} jobs are not complete, such as ${JSON.stringify(short[0])}`,
    );
  }

  /** On a busy machine an emulator may be slow to accept: what was put twice is one job. */
  async #put(job: JobRecord): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        await this.#store.createJob(job);
        return;
      } catch (error) {
        if (tries === PUT_TRIES) throw error;
      }
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([this.#store.close(), this.#queue.close()]);
  }
}
