import { MemoryQueue } from '../../shared/adapters/memory/memory-queue.ts';
import { MemoryStore } from '../../shared/adapters/memory/memory-store.ts';
import { VirtualClock } from '../../shared/adapters/memory/virtual-clock.ts';
import { isDone } from '../../shared/contract/states.ts';
import { defaultQuorum, type NewJob, newJob } from '../../shared/job/new-job.ts';
import type { JobRecord } from '../../shared/job/record.ts';
import { sendJob } from '../../shared/job/send-job.ts';
import { createLog } from '../../shared/log.ts';
import type { Random } from '../../shared/ports/clock.ts';
import type { Queue } from '../../shared/ports/queue.ts';
import type { Store } from '../../shared/ports/store.ts';
import type { WorkerConfig } from '../config.ts';
import type { SetProtection } from '../protection/ecs-agent.ts';
import type { PostWebhook } from '../webhook/deliver-webhook.ts';
import { createWorker, type Worker } from '../worker.ts';
import { answering, ScriptedProvider } from './scripted-provider.ts';
import { testWorkerConfig } from './worker-config.ts';

export const VISIBILITY_SECONDS = 30;

/** The same numbers on every run. */
export function countingRandom(): Random {
  let count = 0;
  return {
    float: () => 0.5,
    id: () => (++count).toString(16).padStart(32, '0'),
  };
}

export interface WorkerBenchOptions {
  providers?: (clock: VirtualClock) => ScriptedProvider[];
  config?: Partial<WorkerConfig>;
  postWebhook?: PostWebhook;
  setProtection?: SetProtection;
  blockThread?: (ms: number) => void;
  /** Stand between the worker and what the test looks at. */
  wrapStore?: (store: Store) => Store;
  wrapQueue?: (queue: Queue) => Queue;
}

/** Workers on a virtual clock, with a queue and a store in memory and providers that follow a script. */
export class WorkerBench {
  readonly clock = new VirtualClock();
  readonly store = new MemoryStore(this.clock);
  readonly queue = new MemoryQueue(this.clock);
  readonly random = countingRandom();
  readonly providers: ScriptedProvider[];
  readonly logged: Record<string, unknown>[] = [];
  readonly #options: WorkerBenchOptions;
  readonly #workers: Worker[] = [];

  constructor(options: WorkerBenchOptions = {}) {
    this.#options = options;
    this.providers = options.providers?.(this.clock) ?? [
      new ScriptedProvider(
        'alpha',
        this.clock,
        answering('A VPC endpoint keeps traffic inside the network of AWS.'),
      ),
      new ScriptedProvider(
        'beta',
        this.clock,
        answering('With a VPC endpoint, traffic stays inside the AWS network.'),
      ),
      new ScriptedProvider(
        'gamma',
        this.clock,
        answering('A VPC endpoint: traffic never leaves the network of AWS.'),
      ),
    ];
  }

  provider(id: string): ScriptedProvider {
    const found = this.providers.find((provider) => provider.id === id);
    if (!found) throw new Error(`no provider ${id}`);
    return found;
  }

  /** A worker that stops with the bench. */
  worker(overrides: Pick<WorkerBenchOptions, 'wrapStore' | 'wrapQueue'> = {}): Worker {
    const worker = this.unmanagedWorker(overrides);
    this.#workers.push(worker);
    return worker;
  }

  /** A worker that the test lets die: it is never stopped. */
  unmanagedWorker(overrides: Pick<WorkerBenchOptions, 'wrapStore' | 'wrapQueue'> = {}): Worker {
    const wrapStore = overrides.wrapStore ?? this.#options.wrapStore ?? ((store: Store) => store);
    const wrapQueue = overrides.wrapQueue ?? this.#options.wrapQueue ?? ((queue: Queue) => queue);
    return createWorker({
      config: {
        ...testWorkerConfig(this.providers),
        visibilitySeconds: VISIBILITY_SECONDS,
        ...this.#options.config,
      },
      store: wrapStore(this.store),
      queue: wrapQueue(this.queue),
      clock: this.clock,
      random: this.random,
      log: createLog('worker', 'info', { write: (line: string) => void this.logged.push(JSON.parse(line)) }),
      providers: this.providers,
      postWebhook: this.#options.postWebhook ?? (() => Promise.reject(new Error('no receiver in this test'))),
      setProtection: this.#options.setProtection,
      blockThread: this.#options.blockThread,
    });
  }

  async start(): Promise<Worker> {
    const worker = this.worker();
    await worker.start();
    return worker;
  }

  /** Puts a job; `send: false` leaves the queue without it. */
  async submit(overrides: Partial<NewJob> & { send?: boolean } = {}): Promise<string> {
    const { send = true, ...fields } = overrides;
    const panel = fields.panel ?? this.providers.map(({ id, model }) => ({ id, model }));
    const id = this.random.id();
    const job = newJob(
      {
        id,
        client: 'student',
        payloadHash: 'hash',
        createToken: 'token',
        keyed: false,
        traceId: 'trace',
        question: 'What is a VPC endpoint?',
        mode: 'balanced',
        strategy: 'consensus',
        metadata: {},
        panel,
        simulated: false,
        quorum: defaultQuorum(panel.length),
        deadlineSeconds: 120,
        ...fields,
      },
      this.clock.now(),
    );
    await this.store.createJob(job);
    if (send) await sendJob(this.queue, job);
    return id;
  }

  async job(id: string): Promise<JobRecord> {
    const job = await this.store.getJob(id);
    if (!job) throw new Error(`there is no job ${id}`);
    return job;
  }

  /** Lets time pass until the job has ended, and says how. */
  async end(id: string, withinMs = 1_000_000): Promise<JobRecord> {
    let job = await this.job(id);
    const limit = this.clock.monotonic() + withinMs;
    while (!isDone(job.status) && this.clock.monotonic() < limit) {
      await this.clock.advance(25);
      job = await this.job(id);
    }
    return job;
  }

  async empty(): Promise<boolean> {
    const { visible, inFlight } = await this.queue.depth();
    return visible + inFlight === 0;
  }

  /** Stops every worker; fails where one leaves a sleeper behind. */
  async [Symbol.asyncDispose](): Promise<void> {
    const stopped = Promise.all(this.#workers.map((worker) => worker.stop()));
    let done = false;
    void stopped.finally(() => {
      done = true;
    });
    for (let turn = 0; turn < 200 && !done; turn += 1) await this.clock.advance(1000);
    await stopped;
  }
}
