import { readJob } from '../../api/jobs/read-job.ts';
import { MemoryQueue } from '../../shared/adapters/memory/memory-queue.ts';
import { MemoryStore } from '../../shared/adapters/memory/memory-store.ts';
import { LIMITS } from '../../shared/contract/limits.ts';
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
  checkLedgers,
  checkQuiet,
  checkWebhook,
  checkWrite,
  MERGE_ATTEMPT_CAP,
} from './invariants.ts';
import type { PlantedBug } from './planted-bug.ts';
import type { Incident, PlannedJob, Schedule } from './schedule.ts';
import { SimClients } from './sim-clients.ts';
import { SimNetwork, seededFloats } from './sim-network.ts';
import { remoteQueue, remoteStore } from './sim-ports.ts';
import { CallBook, simProvider } from './sim-provider.ts';
import { SimReceiver } from './sim-receiver.ts';
import { SimNode, SimTime } from './sim-time.ts';

const PANEL = ['alpha', 'beta', 'gamma'].map((id) => ({ id, model: 'sim' }));
const VISIBILITY_SECONDS = 12;
const REPLACEMENT_MS = 3000;
const WEBHOOK_SECRET = `whsec_${Buffer.from('a secret of the simulated world').toString('base64')}`;
/** How long a world is watched after everything has ended: what is left has to come to light by then. */
const AFTERMATH_MS = 30_000;
const silent = createLog('simulation', 'silent');

interface RunningWorker {
  node: SimNode;
  worker: Worker;
  stopped: boolean;
}

/** Milliseconds by which a job has ended, and the one that merges its answers again. */
function endsBefore({ atMs, deadlineSeconds, mergeAfterMs }: PlannedJob): number {
  const mergedMs = mergeAfterMs === undefined ? 0 : mergeAfterMs + LIMITS.deadlineSecondsDefault * 1000;
  return atMs + Math.max(deadlineSeconds * 1000, mergedMs);
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
  readonly #receiver: SimReceiver;
  readonly #clients: SimClients;
  #broken: unknown;
  /** All workers are told to stop: nothing more befalls them. */
  #isOver = false;
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
    this.#receiver = new SimReceiver(this.#network, this.#float);
    this.#clients = new SimClients({
      time: this.#time,
      panel: PANEL,
      log: silent,
      random: this.#random('a'),
      storeAt: (node) => this.#storeAt(node),
      queueAt: (node) => this.#queueAt(node),
      atArrival: (node, left, run) => this.#arrivals.set(node, { left, run }),
      onBroken: (error) => {
        this.#broken ??= error;
      },
    });
  }

  /** Lives the schedule to its end; rejects with `InvariantBroken`. */
  async run(): Promise<{ jobs: JobRecord[] }> {
    // Once a world, whoever else lives in this process gets a turn.
    await new Promise((resolve) => setImmediate(resolve));
    for (const [index, skewMs] of this.#schedule.workers.entries()) this.#startWorker(index, skewMs);
    for (const job of this.#schedule.jobs) this.#clients.plan(job);
    for (const incident of this.#schedule.incidents) this.#plan(incident);
    const lastDeadlineMs = Math.max(...this.#schedule.jobs.map(endsBefore));
    // Clients that try again submit later than planned.
    await this.#live(lastDeadlineMs + 90_000);
    const jobs = await this.#readAll();
    await this.#stopAll();
    await this.#checkAccepted();
    return { jobs };
  }

  async #checkAccepted(): Promise<void> {
    const isAccepted = ({ id }: JobRecord) => this.#clients.accepted.has(id);
    const { jobs } = await this.#store.listJobs('student', { limit: 100 });
    for (const job of jobs.filter(isAccepted)) checkWebhook(job, this.#receiver.seen);
    for (const alike of Map.groupBy(jobs, ({ question }) => question).values()) {
      if (alike.some(isAccepted)) checkLedgers(alike, this.#book);
    }
  }

  async #live(until: number): Promise<void> {
    let quietSince: number | undefined;
    const look = async () => {
      quietSince = (await this.#isQuiet()) ? (quietSince ?? this.#time.elapsed) : undefined;
      this.#time.schedule(1000, look);
    };
    this.#time.schedule(1000, look);
    const isOver = () =>
      this.#broken !== undefined ||
      (quietSince !== undefined && this.#time.elapsed > quietSince + AFTERMATH_MS);
    await this.#time.run(until, isOver);
    if (this.#broken !== undefined) throw this.#broken;
  }

  /** Nobody asks, nobody stands still, and no job needs anybody. */
  async #isQuiet(): Promise<boolean> {
    if (!this.#clients.areDone || this.#workers.some(({ node }) => node.isFrozen)) return false;
    return (await this.#store.dueJobs(Number.POSITIVE_INFINITY, 1)).length === 0;
  }

  /** Every accepted job, as a poll after its deadline shows it. */
  async #readAll(): Promise<JobRecord[]> {
    const jobs: JobRecord[] = [];
    for (const id of this.#clients.accepted) {
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
    this.#isOver = true;
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

  async #write(node: SimNode, write: JobWrite, known?: JobRecord): Promise<WriteResult> {
    const before = await this.#store.getJob(write.id);
    const result = await this.#store.writeJob(this.#bug.write?.(write, before) ?? write, known);
    // As it stands, not as the writer is told.
    const after = await this.#store.getJob(write.id);
    try {
      if (before && after && result.applied) checkWrite(before, after, node.name, write);
    } catch (error) {
      this.#broken ??= error;
    }
    return result;
  }

  #storeAt(node: SimNode): Store {
    const store = this.#bug.store?.(this.#store) ?? this.#store;
    return remoteStore(store, node, this.#network, (by, ...asked) => this.#write(by, ...asked));
  }

  #queueAt(node: SimNode): Queue {
    return remoteQueue(this.#queue, node, this.#network, this.#schedule.inFlightCap);
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
        webhookSecret: WEBHOOK_SECRET,
      },
      store,
      queue: this.#queueAt(node),
      clock: node,
      random: { ...this.#random('b'), id: firstThen(name, this.#random('c').id) },
      log: silent,
      providers: PANEL.map(({ id }) =>
        simProvider({ id, node, time: this.#time, book: this.#book, float: this.#float }),
      ),
      postWebhook: this.#receiver.postFrom(node),
    });
    const running = { node, worker, stopped: false };
    this.#workers[index] = running;
    worker.start().catch(() => this.#replace(index, running));
  }

  /** As an orchestrator does: whoever is gone is followed by another. */
  #replace(index: number, gone: RunningWorker): void {
    gone.node.kill();
    this.#time.schedule(REPLACEMENT_MS, () => {
      if (!this.#isOver && this.#workers[index] === gone)
        this.#startWorker(index, this.#schedule.workers[index] ?? 0);
    });
  }

  #arrived(node: SimNode): void {
    const plan = this.#arrivals.get(node);
    if (!this.#isOver && plan && --plan.left === 0) plan.run();
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
      if (this.#isOver || victim.node.isDead || victim.stopped) return;
      if (incident.kind === 'kill') this.#replace(index, victim);
      else if (incident.kind === 'freeze') victim.node.freeze(incident.forMs);
      else {
        victim.stopped = true;
        void victim.worker.stop().then(() => this.#replace(index, victim));
      }
    });
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
