import type { ApiConfig } from '../../api/config.ts';
import type { ApiDeps } from '../../api/deps.ts';
import { Backlog } from '../../api/jobs/backlog.ts';
import { cancelJob } from '../../api/jobs/cancel-job.ts';
import { JobWatchers } from '../../api/jobs/job-watchers.ts';
import { readJob } from '../../api/jobs/read-job.ts';
import { submitJob } from '../../api/jobs/submit-job.ts';
import { MemoryQueue } from '../../shared/adapters/memory/memory-queue.ts';
import { MemoryStore } from '../../shared/adapters/memory/memory-store.ts';
import { DEFAULT_SYSTEM_PROMPT } from '../../shared/config/system-prompt.ts';
import { ProblemError } from '../../shared/contract/problem.ts';
import type { JobWrite, WriteResult } from '../../shared/job/job-write.ts';
import type { JobRecord } from '../../shared/job/record.ts';
import { createLog } from '../../shared/log.ts';
import type { Random } from '../../shared/ports/clock.ts';
import type { Queue } from '../../shared/ports/queue.ts';
import type { Store } from '../../shared/ports/store.ts';
import { testWorkerConfig } from '../../worker/testing/worker-config.ts';
import { createWorker, type Worker } from '../../worker/worker.ts';
import {
  ATTEMPT_CAP,
  checkEnded,
  checkLedger,
  checkQuiet,
  checkResult,
  MERGE_ATTEMPT_CAP,
} from './invariants.ts';
import type { PlantedBug } from './planted-bug.ts';
import type { Incident, PlannedJob, Schedule } from './schedule.ts';
import { SimNetwork, seededFloats } from './sim-network.ts';
import { remoteQueue, remoteStore } from './sim-ports.ts';
import { CallBook, simProvider } from './sim-provider.ts';
import { SimNode, SimTime } from './sim-time.ts';

const PANEL = ['alpha', 'beta', 'gamma'].map((id) => ({ id, model: 'sim' }));
const VISIBILITY_SECONDS = 12;
const REPLACEMENT_MS = 3000;
const silent = createLog('simulation', 'silent');

interface RunningWorker {
  node: SimNode;
  worker: Worker;
  stopped: boolean;
}

/** API processes, workers, a queue, a store and providers on one virtual clock, going through a schedule. */
export class World {
  readonly #schedule: Schedule;
  readonly #bug: PlantedBug;
  readonly #time = new SimTime();
  readonly #float: () => number;
  readonly #truth: SimNode;
  readonly #network: SimNetwork;
  readonly #store: MemoryStore;
  readonly #queue: Queue;
  readonly #book = new CallBook();
  readonly #workers: RunningWorker[] = [];
  readonly #arrivals = new Map<SimNode, { left: number; run: () => void }>();
  readonly #accepted = new Map<string, number>();
  #broken: unknown;
  #ids = 0;

  constructor(schedule: Schedule, bug: PlantedBug = {}) {
    this.#schedule = schedule;
    this.#bug = bug;
    this.#float = seededFloats(schedule.seed);
    this.#truth = new SimNode('truth', this.#time);
    this.#network = new SimNetwork(this.#time, this.#float, schedule.faultRate);
    this.#network.onArrival = (node) => this.#arrived(node);
    this.#store = new MemoryStore(this.#truth);
    this.#queue = new MemoryQueue(this.#truth);
  }

  /** Lives the schedule to its end; rejects with `InvariantBroken`. */
  async run(): Promise<{ jobs: JobRecord[] }> {
    for (const [index, skewMs] of this.#schedule.workers.entries()) this.#startWorker(index, skewMs);
    for (const job of this.#schedule.jobs) this.#time.schedule(job.atMs, () => void this.#client(job));
    for (const incident of this.#schedule.incidents) this.#plan(incident);
    const lastDeadlineMs = Math.max(
      ...this.#schedule.jobs.map((job) => job.atMs + job.deadlineSeconds * 1000),
    );
    // Clients that try again submit later than planned.
    await this.#live(lastDeadlineMs + 90_000);
    const jobs = await this.#readAll();
    await this.#stopAll();
    for (const job of jobs) checkLedger((await this.#store.getJob(job.id)) ?? job, this.#book);
    return { jobs };
  }

  async #live(until: number): Promise<void> {
    await this.#time.run(until, () => this.#broken !== undefined);
    if (this.#broken !== undefined) throw this.#broken;
  }

  /** Every accepted job, as a poll after its deadline shows it. */
  async #readAll(): Promise<JobRecord[]> {
    const jobs: JobRecord[] = [];
    for (const id of this.#accepted.keys()) {
      const read = this.#bug.blindReaders
        ? this.#store.getJob(id)
        : readJob({ store: this.#store, clock: this.#truth }, id);
      const job = await read;
      checkEnded(job, id);
      if (job) jobs.push(job);
    }
    return jobs;
  }

  async #stopAll(): Promise<void> {
    const living = this.#workers.filter(({ node, stopped }) => !node.isDead && !stopped);
    const stopping = Promise.all(living.map(({ worker }) => worker.stop()));
    let done = false;
    void stopping.finally(() => {
      done = true;
    });
    if (this.#bug.leakSleepers) void living[0]?.node.sleep(2 ** 40);
    await this.#time.run(this.#time.elapsed + 400_000, () => done);
    for (const { node } of living)
      checkQuiet(node.name, { sleepers: node.sleeping, unfinished: done ? 0 : 1 });
  }

  #random(prefix: string): Random {
    return {
      float: this.#float,
      id: () => `${prefix}${(++this.#ids).toString(16)}`.padStart(32, '0').slice(-32),
    };
  }

  async #write(node: SimNode, write: JobWrite): Promise<WriteResult> {
    const before = await this.#store.getJob(write.id);
    const result = await this.#store.writeJob(this.#bug.write?.(write, before) ?? write);
    try {
      checkResult(before, result, node.name, write);
    } catch (error) {
      this.#broken ??= error;
    }
    return result;
  }

  #storeAt(node: SimNode): Store {
    const store = this.#bug.store?.(this.#store) ?? this.#store;
    return remoteStore(store, node, this.#network, (by, write) => this.#write(by, write));
  }

  #startWorker(index: number, skewMs: number): void {
    const name = (++this.#ids).toString(16).padStart(32, '0');
    const node = new SimNode(name, this.#time, skewMs);
    const store = this.#storeAt(node);
    const worker = createWorker({
      config: {
        ...testWorkerConfig(PANEL),
        visibilitySeconds: VISIBILITY_SECONDS,
        concurrency: 3,
        providerConcurrency: 4,
        pollSeconds: 2,
        drainSeconds: 3,
        attemptCap: this.#bug.attemptCap ?? ATTEMPT_CAP,
        mergeAttemptCap: MERGE_ATTEMPT_CAP,
      },
      store,
      queue: remoteQueue(this.#queue, node, this.#network),
      clock: node,
      random: { ...this.#random('b'), id: firstThen(name, this.#random('c').id) },
      log: silent,
      providers: PANEL.map(({ id }) =>
        simProvider({ id, node, time: this.#time, book: this.#book, float: this.#float }),
      ),
      postWebhook: async () => 204,
    });
    const running = { node, worker, stopped: false };
    this.#workers[index] = running;
    worker.start().catch(() => this.#replace(index, running));
  }

  /** As an orchestrator does: whoever is gone is followed by another. */
  #replace(index: number, gone: RunningWorker): void {
    gone.node.kill();
    this.#time.schedule(REPLACEMENT_MS, () => {
      if (this.#workers[index] === gone) this.#startWorker(index, this.#schedule.workers[index] ?? 0);
    });
  }

  #arrived(node: SimNode): void {
    const plan = this.#arrivals.get(node);
    if (plan && --plan.left === 0) plan.run();
  }

  #plan(incident: Incident): void {
    const index = incident.worker % this.#schedule.workers.length;
    if (incident.kind === 'kill_at_arrival') {
      const victim = this.#workers[index] as RunningWorker;
      this.#arrivals.set(victim.node, { left: incident.arrival, run: () => this.#replace(index, victim) });
      return;
    }
    this.#time.schedule(incident.atMs, () => {
      const victim = this.#workers[index] as RunningWorker;
      if (victim.node.isDead || victim.stopped) return;
      if (incident.kind === 'kill') this.#replace(index, victim);
      else if (incident.kind === 'freeze') victim.node.freeze(incident.forMs);
      else {
        victim.stopped = true;
        void victim.worker.stop().then(() => this.#replace(index, victim));
      }
    });
  }

  async #client(job: PlannedJob): Promise<void> {
    const name = `question ${++this.#ids}?`;
    const tries = job.keyed ? 4 : 1;
    for (let attempt = 1; attempt <= tries; attempt += 1) {
      const accepted = await this.#submit(job, name, attempt === 1 ? job.apiDiesAt : undefined);
      if (accepted) {
        this.#accepted.set(accepted.id, accepted.deadline_at);
        if (job.cancelAfterMs !== undefined) this.#cancelLater(accepted.id, job.cancelAfterMs);
        return;
      }
      await this.#time.delay(2000);
    }
  }

  /** The job where the client got a 202; undefined where it got an error, or nothing as the API died. */
  #submit(job: PlannedJob, question: string, diesAt: number | undefined): Promise<JobRecord | undefined> {
    const node = new SimNode(`api ${++this.#ids}`, this.#time);
    const api = this.#apiAt(node);
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
    };
    const { promise, resolve } = Promise.withResolvers<JobRecord | undefined>();
    if (diesAt !== undefined) {
      const die = () => {
        node.kill();
        resolve(undefined);
      };
      this.#arrivals.set(node, { left: diesAt, run: die });
    }
    submitJob(api, caller, request).then(
      ({ job: accepted }) => resolve(accepted),
      (error) => {
        if (!(error instanceof ProblemError) && !/Unavailable/.test(error.name)) this.#broken ??= error;
        resolve(undefined);
      },
    );
    return promise;
  }

  #cancelLater(id: string, afterMs: number): void {
    const node = new SimNode(`api ${++this.#ids}`, this.#time);
    this.#time.schedule(afterMs, () => {
      cancelJob(this.#apiAt(node), 'student', id).catch((error) => {
        if (!(error instanceof ProblemError) && !/Unavailable/.test(error.name)) this.#broken ??= error;
      });
    });
  }

  #apiAt(node: SimNode): ApiDeps {
    const store = this.#storeAt(node);
    const queue = remoteQueue(this.#queue, node, this.#network);
    const config = { panel: PANEL, systemPrompt: DEFAULT_SYSTEM_PROMPT, dailyQuota: 1000, quorum: undefined };
    return {
      store,
      queue,
      clock: node,
      random: this.#random('a'),
      log: silent,
      // The submit path reads no more of the configuration than this.
      config: config as Partial<ApiConfig> as ApiConfig,
      watchers: new JobWatchers({ clock: node, read: (id) => readJob({ store, clock: node }, id) }),
      backlog: new Backlog({ queue, clock: node, log: silent, cap: 1000 }),
    };
  }
}

function firstThen(first: string, then: () => string): () => string {
  let isFirst = true;
  return () => {
    if (!isFirst) return then();
    isFirst = false;
    return first;
  };
}
