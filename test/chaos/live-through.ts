import { setTimeout as wait } from 'node:timers/promises';
import type { JobView } from '../../shared/contract/job.ts';
import { applyFault, type FaultHooks, killWorker } from './apply-fault.ts';
import { auditJob } from './audit.ts';
import { Journal } from './journal.ts';
import { type Followed, Load } from './load.ts';
import type { Fault, PlannedFault } from './plan-faults.ts';
import type { Profile } from './profile.ts';
import { type Disturbance, Recoveries } from './recoveries.ts';
import { type ChaosReport, type JobFinding, makeReport, type StopSeen } from './report.ts';
import type { TableKind } from './table-kind.ts';
import { World } from './world.ts';

export interface LifeOptions {
  seed: number;
  profile: Profile;
  faults: readonly PlannedFault[];
  /** Default: dynalite. */
  table?: TableKind;
  /** Where the table lives; thrown away by whoever gave it. */
  dataDir: string;
  /** Where the services' output goes. */
  logDir?: string;
  /** Told what happens, in one line each. */
  say?: (line: string) => void;
  /** Runs beside the load, until `ended`. */
  beside?: (world: World, ended: AbortSignal) => Promise<void>;
}

const AUDITS_AT_ONCE = 8;
/** What was under way at the end of the last job has time to be written. */
const SETTLE_MS = 500;

/** Lives one plan of jobs and faults, then holds every job against what the world saw. */
export async function liveThrough(options: LifeOptions): Promise<ChaosReport> {
  return new Life(options).live();
}

class Life {
  readonly #options: LifeOptions;
  readonly #disturbances: Disturbance[] = [];
  readonly #happening: Promise<void>[] = [];
  readonly #pending: PlannedFault[];
  readonly #stops: StopSeen[] = [];
  readonly #journal: Journal;
  /** Names of workers that a job is killing. */
  readonly #dying = new Set<string>();
  #world: World | undefined;
  #recoveries: Recoveries | undefined;

  constructor(options: LifeOptions) {
    this.#options = options;
    this.#pending = [...options.faults];
    this.#journal = new Journal(options.seed, options.profile, (worker) => this.#poison(worker));
  }

  async live(): Promise<ChaosReport> {
    const { profile, table = 'dynalite', dataDir, logDir, beside } = this.#options;
    const { answer, checkpoint } = this.#journal;
    const world = await World.start({ profile, table, dataDir, logDir, answer, onCheckpoint: checkpoint });
    this.#world = world;
    const ended = new AbortController();
    try {
      const accompany = beside?.(world, ended.signal);
      const report = await this.#liveIn(world);
      ended.abort();
      await accompany;
      return report;
    } finally {
      ended.abort();
      await world.close();
    }
  }

  async #liveIn(world: World): Promise<ChaosReport> {
    const { seed, profile, say } = this.#options;
    const beganAt = performance.now();
    const leadMs = profile.visibilitySeconds * 1000;
    const recoveries = new Recoveries(world.store, this.#disturbances, {
      leadMs,
      claimCap: profile.claimCap,
    });
    this.#recoveries = recoveries;
    const load = new Load({
      address: world.address,
      perSecond: profile.rate,
      onAccepted: (count) => this.#accepted(count),
    });
    await load.run(this.#journal.plan());
    await Promise.all(this.#happening);
    await recoveries.done();
    say?.('all jobs have ended; looking at each');
    await wait(SETTLE_MS);
    return makeReport({
      seed,
      profile,
      findings: await this.#audit(world, load.followed),
      seconds: (performance.now() - beganAt) / 1000,
      followed: load.followed,
      recoveries,
      faults: this.#disturbances,
      stops: this.#stops,
      refusedByRate: this.#journal.refusedByRate,
      unasked: world.services.flatMap(({ name, process }) => process.unasked.map((how) => `${name}: ${how}`)),
    });
  }

  #accepted(count: number): void {
    while (this.#pending[0] && this.#pending[0].after_jobs <= count) {
      const { fault } = this.#pending.shift() as PlannedFault;
      this.#await(this.#happen(fault));
    }
  }

  async #happen(fault: Fault): Promise<void> {
    this.#options.say?.(`${JSON.stringify(fault)}`);
    const disturbance: Disturbance = { what: fault.kind, from: Date.now() };
    this.#disturbances.push(disturbance);
    await applyFault(this.#world as World, fault, this.#hooks(disturbance));
    disturbance.to = Date.now();
  }

  #hooks(disturbance: Disturbance): FaultHooks {
    return {
      killed: (worker) => this.#recoveries?.watch(worker, disturbance),
      stopped: ({ name }, stop) => this.#stops.push({ name, from: disturbance.from, ...stop }),
    };
  }

  #poison(name: string): void {
    const worker = this.#world?.workers.find((one) => one.name === name);
    // Its calls to several providers arrive together: they kill it once.
    if (worker?.process.pid === undefined || this.#dying.has(name)) return;
    this.#dying.add(name);
    this.#options.say?.(`a job kills ${name}`);
    const disturbance: Disturbance = { what: 'poison', from: Date.now() };
    this.#disturbances.push(disturbance);
    const killed = killWorker(worker, this.#hooks(disturbance)).finally(() => {
      disturbance.to = Date.now();
      this.#dying.delete(name);
    });
    this.#await(killed);
  }

  /** What fails meanwhile fails the run, once its jobs have ended. */
  #await(happening: Promise<void>): void {
    happening.catch(() => {});
    this.#happening.push(happening);
  }

  async #audit(world: World, followed: readonly Followed[]): Promise<JobFinding[]> {
    const findings: JobFinding[] = [];
    const left = followed.filter(({ id }) => id !== undefined);
    const work = async () => {
      for (let one = left.pop(); one; one = left.pop()) findings.push(await this.#look(world, one));
    };
    await Promise.all(Array.from({ length: AUDITS_AT_ONCE }, work));
    return findings;
  }

  async #look(world: World, { id, job, lost }: Followed): Promise<JobFinding> {
    const response = await fetch(`${world.address}/v1/jobs/${id}`);
    if (!response.ok)
      return {
        id: id as string,
        number: job.number,
        status: `${response.status}`,
        broken: [`${response.status}`],
      };
    const view = (await response.json()) as JobView;
    const calls = this.#journal.callsOf(job.number);
    const verdict = auditJob({
      planned: job,
      view,
      calls,
      checkpoints: this.#journal.checkpointsOf(view.id),
    });
    const broken = [...(lost ? [`lost: ${lost}`] : []), ...verdict.broken];
    return { id: view.id, number: job.number, status: view.status, error: view.error?.code, verdict, broken };
  }
}
