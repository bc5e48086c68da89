import type { ApiConfig } from '../../api/config.ts';
import type { ApiDeps } from '../../api/deps.ts';
import { Backlog } from '../../api/jobs/backlog.ts';
import { cancelJob } from '../../api/jobs/cancel-job.ts';
import { JobWatchers } from '../../api/jobs/job-watchers.ts';
import { mergeJob } from '../../api/jobs/merge-job.ts';
import { Quotas } from '../../api/jobs/quotas.ts';
import { readJob } from '../../api/jobs/read-job.ts';
import { StreamSlots } from '../../api/jobs/stream-slots.ts';
import { submitJob } from '../../api/jobs/submit-job.ts';
import { DEFAULT_SYSTEM_PROMPT } from '../../shared/config/system-prompt.ts';
import { WEBHOOK_EVENTS } from '../../shared/contract/job-request.ts';
import { ProblemError } from '../../shared/contract/problem.ts';
import type { PanelMember } from '../../shared/job/record.ts';
import type { Log } from '../../shared/log.ts';
import type { Random } from '../../shared/ports/clock.ts';
import type { Queue } from '../../shared/ports/queue.ts';
import type { Store } from '../../shared/ports/store.ts';
import { Meters } from '../../shared/telemetry/meters.ts';
import type { PlannedJob } from './schedule.ts';
import { SimNode, type SimTime } from './sim-time.ts';

const RETRY_MS = 2000;

export interface ClientsDeps {
  time: SimTime;
  panel: PanelMember[];
  log: Log;
  random: Random;
  storeAt: (node: SimNode) => Store;
  queueAt: (node: SimNode) => Queue;
  /** Runs `die` at the given arrival of a request of the node. */
  atArrival: (node: SimNode, arrival: number, die: () => void) => void;
  /** An error that no client should ever see. */
  onBroken: (error: unknown) => void;
}

/** The clients of a world, each with an API process of its own for each request. */
export class SimClients {
  readonly #deps: ClientsDeps;
  #names = 0;
  #underWay = 0;
  /** Ids of the jobs for which a client got a 202. */
  readonly accepted = new Set<string>();

  constructor(deps: ClientsDeps) {
    this.#deps = deps;
  }

  /** No client has anything left to do. */
  get areDone(): boolean {
    return this.#underWay === 0;
  }

  plan(job: PlannedJob): void {
    const question = `question ${++this.#names}?`;
    this.#after(job.atMs, () => this.#ask(job, question));
  }

  #after(ms: number, act: () => Promise<void>): void {
    this.#underWay += 1;
    this.#deps.time.schedule(ms, () =>
      act()
        .catch(this.#expectProblem)
        .finally(() => {
          this.#underWay -= 1;
        }),
    );
  }

  /** With a key a client asks until it is told; without one it asks once. */
  async #ask(job: PlannedJob, question: string): Promise<void> {
    const tries = job.keyed ? 4 : 1;
    for (let attempt = 1; attempt <= tries; attempt += 1) {
      const id = await this.#submit(job, question, attempt === 1 ? job.apiDiesAt : undefined);
      if (id !== undefined) return this.#follow(job, question, id);
      await this.#deps.time.delay(RETRY_MS);
    }
  }

  #follow(job: PlannedJob, question: string, id: string): void {
    this.accepted.add(id);
    if (job.cancelAfterMs !== undefined)
      this.#after(job.cancelAfterMs, async () => void (await cancelJob(this.#api(), 'student', id)));
    if (job.mergeAfterMs !== undefined) this.#after(job.mergeAfterMs, () => this.#mergeAgain(id));
    if (job.keyed && job.againAfterMs !== undefined) {
      this.#after(job.againAfterMs, async () => {
        const again = await this.#submit(job, question, undefined);
        if (again !== undefined && again !== id)
          this.#deps.onBroken(new Error(`one key is of two jobs, ${id} and ${again}`));
      });
    }
  }

  async #mergeAgain(id: string): Promise<void> {
    const caller = {
      client: 'student',
      traceId: 't',
      idempotencyKey: undefined,
      payloadHash: `merge ${id}`,
    };
    const { job } = await mergeJob(this.#api(), caller, id, 'synthesis');
    this.accepted.add(job.id);
  }

  /** The job's id where the client got a 202; undefined where it got an error, or nothing as the API died. */
  #submit(job: PlannedJob, question: string, diesAt: number | undefined): Promise<string | undefined> {
    const node = this.#node();
    const caller = {
      client: 'student',
      traceId: 't',
      idempotencyKey: job.keyed ? question : undefined,
      payloadHash: question,
    };
    const request = {
      question,
      mode: job.mode,
      strategy: job.strategy,
      deadline_seconds: job.deadlineSeconds,
      metadata: {},
      cache: false,
      webhook: job.webhook ? { url: 'https://receiver.example/', events: [...WEBHOOK_EVENTS] } : undefined,
    };
    const { promise, resolve } = Promise.withResolvers<string | undefined>();
    if (diesAt !== undefined) {
      this.#deps.atArrival(node, diesAt, () => {
        node.kill();
        resolve(undefined);
      });
    }
    submitJob(this.#api(node), caller, request).then(
      ({ job: accepted }) => resolve(accepted.id),
      (error) => {
        this.#expectProblem(error);
        resolve(undefined);
      },
    );
    return promise;
  }

  #expectProblem = (error: unknown): void => {
    const expected =
      error instanceof ProblemError || (error instanceof Error && /Unavailable/.test(error.name));
    if (!expected) this.#deps.onBroken(error);
  };

  #node(): SimNode {
    return new SimNode(`api ${++this.#names}`, this.#deps.time);
  }

  #api(node = this.#node()): ApiDeps {
    const { log, random, panel } = this.#deps;
    const store = this.#deps.storeAt(node);
    const queue = this.#deps.queueAt(node);
    const config = {
      panel,
      appEnv: 'production',
      webhooksEnabled: true,
      systemPrompt: DEFAULT_SYSTEM_PROMPT,
      quorum: undefined,
    };
    return {
      store,
      queue,
      clock: node,
      random,
      log,
      // The submit path reads no more of the configuration than this.
      config: config as Partial<ApiConfig> as ApiConfig,
      watchers: new JobWatchers({ clock: node, read: (id) => readJob({ store, clock: node }, id) }),
      backlog: new Backlog({ queue, clock: node, log, cap: 1000 }),
      quotas: new Quotas({ store, clock: node, log, perDay: 1000 }),
      streams: new StreamSlots({ perClient: 1000, most: 1000 }),
      meters: new Meters('api'),
    };
  }
}
