import type { JobRecord } from '../shared/job/record.ts';
import type { Log } from '../shared/log.ts';
import type { Clock, Random } from '../shared/ports/clock.ts';
import type { Queue } from '../shared/ports/queue.ts';
import type { Store } from '../shared/ports/store.ts';
import type { WorkerConfig } from './config.ts';
import { Consumer } from './consume/consumer.ts';
import { Leases } from './consume/leases.ts';
import { ActiveJobs } from './job/active-jobs.ts';
import { afterEnd } from './job/after-end.ts';
import { createHandler } from './job/handle-delivery.ts';
import type { ProcessDeps } from './job/process-job.ts';
import { Rounds } from './job/rounds.ts';
import { type RunDeps, runJob } from './job/run-job.ts';
import { sendWrite } from './job/send-write.ts';
import { Stragglers } from './job/stragglers.ts';
import { Suspects } from './job/suspects.ts';
import { countCall, countClaim, createWorkerMeters, type WorkerMeters } from './metrics.ts';
import { LoopPace } from './pace/loop-pace.ts';
import { createAnnounce } from './presence.ts';
import type { SetProtection } from './protection/ecs-agent.ts';
import { TaskProtection } from './protection/task-protection.ts';
import { priceOverridesOf } from './providers/create-providers.ts';
import { type CallObserver, Gate } from './providers/gate.ts';
import type { Provider } from './providers/provider.ts';
import type { ReportError } from './report-error.ts';
import { Sweeper } from './sweep/sweeper.ts';
import { watchJobs } from './watch-jobs.ts';
import { deliverWebhook, type PostWebhook } from './webhook/deliver-webhook.ts';

export interface WorkerDeps {
  config: WorkerConfig;
  store: Store;
  queue: Queue;
  clock: Clock;
  random: Random;
  log: Log;
  providers: readonly Provider[];
  postWebhook: PostWebhook;
  /** Where ECS runs this worker: asks it to spare the task. */
  setProtection?: SetProtection | undefined;
  /** Where the process is the worker's alone: blocks its thread for so many milliseconds. */
  blockThread?: ((ms: number) => void) | undefined;
}

export interface Worker {
  readonly id: string;
  readonly meters: WorkerMeters;
  isReady(): boolean;
  /** Announces this worker, then receives. */
  start(): Promise<void>;
  /** Stops receiving, waits for jobs up to the drain budget, gives back what is left, and waits for nothing else. */
  stop(): Promise<void>;
}

/** How long a stop, after its drain budget, asks a store that cannot be reached to take jobs back. */
const GIVE_BACK_MS = 10_000;

/** Puts the worker's parts together. Nothing of it reads the environment or the time by itself. */
export function createWorker(deps: WorkerDeps): Worker {
  const { config, store, queue, clock, random, log } = deps;
  const id = random.id();
  const active = new ActiveJobs();
  const stragglers = new Stragglers();
  const halt = new AbortController();
  const quit = new AbortController();
  const onError: ReportError = (doing, error, context) => {
    meters.count('iscoolgpt_worker_errors_total', { doing });
    log.error({ doing, err: error, worker_id: id, ...context }, 'worker error');
  };
  const pace = deps.blockThread && new LoopPace({ clock, jobs: () => active.count, block: deps.blockThread });
  const onCall: CallObserver = (called, ended) => {
    countCall(meters, called, ended);
    if ('text' in ended.completion) pace?.learn(ended.latencyMs);
  };
  const gates = new Map(
    deps.providers.map((provider) => [
      provider.id,
      new Gate(provider, {
        clock,
        maxConcurrency: config.providerConcurrency,
        prices: priceOverridesOf(config.providers),
        onCall,
      }),
    ]),
  );
  const providerStates = () => [...gates.values()].map((gate) => gate.status());
  const webhooks = { store, clock, random, secret: config.webhookSecret, post: deps.postWebhook, onError };
  const deliver = async (job: JobRecord) => {
    const result = await deliverWebhook(job, webhooks);
    if (result) meters.count('iscoolgpt_webhooks_total', { result });
  };
  const onEnded = (job: JobRecord) =>
    afterEnd(job, { store, clock, log, meters, deliver, onError, workerId: id });
  const common = { ...config, workerId: id, store, queue, clock, random, gates, onError, onEnded };
  const runDeps: RunDeps = {
    ...common,
    rounds: new Rounds(clock, () => active.count),
    onStragglers: (run, ended) => stragglers.add(run, ended),
  };
  const processDeps: ProcessDeps = {
    ...common,
    suspects: new Suspects(config.claimCap),
    send: (write, seen) => sendWrite(write, seen, { store, clock, halt: halt.signal }),
    runJob: (claimed) => {
      countClaim(meters, claimed.run.job);
      return runJob(claimed, runDeps);
    },
  };
  const protection =
    deps.setProtection && new TaskProtection({ clock, log, setProtection: deps.setProtection });
  const announce = createAnnounce({
    store,
    clock,
    workerId: id,
    visibilitySeconds: config.visibilitySeconds,
    jobs: () => active.ids,
    slots: () => ({ total: config.concurrency, busy: consumer.busySlots }),
    providers: providerStates,
  });
  const leases = new Leases({ clock, queue, visibilitySeconds: config.visibilitySeconds, announce, onError });
  const consumer = new Consumer({
    ...common,
    leases,
    handle: createHandler({ active, protection, processDeps }),
    onSettled: ({ receiveCount }, { kind: outcome }) =>
      meters.count('iscoolgpt_messages_settled_total', { outcome, redelivered: String(receiveCount > 1) }),
  });
  const meters = createWorkerMeters({
    busySlots: () => consumer.busySlots,
    slots: config.concurrency,
    providers: providerStates,
  });
  const sweeper = new Sweeper({
    ...common,
    backlogMessages: 10 * config.concurrency,
    deliverWebhook: deliver,
    onEnded: (job) => {
      meters.count('iscoolgpt_swept_total', { did: 'ended' });
      onEnded(job);
    },
    onResent: () => meters.count('iscoolgpt_swept_total', { did: 'resent' }),
  });
  let watching: Promise<void> = Promise.resolve();
  let state: 'starting' | 'running' | 'stopping' = 'starting';

  const start = async () => {
    await leases.start();
    consumer.start();
    sweeper.start({ everything: config.embeddedStart });
    watching = watchJobs(active, { store, clock, onError }, quit.signal);
    state = 'running';
    log.info({ worker_id: id, slots: config.concurrency, panel: config.panel }, 'worker started');
  };

  const stop = async () => {
    state = 'stopping';
    const received = consumer.stop();
    const sweeping = sweeper.stop();
    const drained = new AbortController();
    const jobsEnded = Promise.all([received, sweeping]).then(() => consumer.idle());
    const budget = clock.sleep(config.drainSeconds * 1000, drained.signal).catch(() => {});
    await Promise.race([jobsEnded, budget]);
    drained.abort();
    for (const job of active.all()) job.stop('shutdown');
    stragglers.abort();
    const givenBack = new AbortController();
    // What cannot be written by then will not be: others find the jobs by themselves.
    const patience = clock.sleep(GIVE_BACK_MS, givenBack.signal).then(
      () => halt.abort(),
      () => {},
    );
    await Promise.all([jobsEnded, stragglers.ended()]);
    givenBack.abort();
    await patience;
    quit.abort();
    await Promise.all([watching, leases.stop(), protection?.stop()]);
    halt.abort();
    log.info({ worker_id: id }, 'worker stopped');
  };

  const isReady = () =>
    state === 'running' && consumer.queueSilentMs < (config.pollSeconds + config.visibilitySeconds) * 1000;
  return { id, meters, isReady, start, stop };
}
