import { PAUSE_MS, STRETCH_MS } from '../../worker/protection/task-protection.ts';
import type { Spares } from './policies.ts';
import type { Arrival } from './workloads.ts';

const STRETCH_SECONDS = STRETCH_MS / 1000;
const CYCLE_SECONDS = STRETCH_SECONDS + PAUSE_MS / 1000;

interface Running {
  job: Arrival;
  endsAt: number;
}

interface Task {
  readyAt: number;
  /** From here on it takes nothing new, and is gone at the latest after its drain. */
  stoppedAt: number | undefined;
  running: Running[];
  /** Since when it has had something to do without a break; while it has nothing, the past. */
  busySince: number;
}

function isProtected({ running, busySince }: Task, spares: Spares, at: number): boolean {
  if (spares === 'never' || running.length === 0) return false;
  return spares === 'always' || (at - busySince) % CYCLE_SECONDS < STRETCH_SECONDS;
}

export interface FleetOptions {
  concurrency: number;
  startSeconds: number;
  drainSeconds: number;
  spares: Spares;
  draw: () => number;
}

const newTask = (readyAt: number): Task => ({ readyAt, stoppedAt: undefined, running: [], busySince: 0 });

/** Worker tasks and the jobs that they run, second by second. */
export class Fleet {
  readonly #options: FleetOptions;
  #tasks: Task[] = [];
  /** Those before `#next` are no longer waiting: taking them out one by one would move all the others. */
  readonly #queue: Arrival[] = [];
  #next = 0;
  readonly waits: number[] = [];
  taskSeconds = 0;
  /** Jobs that a stop threw back, with calls that are paid for again. */
  thrownBack = 0;

  constructor(options: FleetOptions, tasks: number) {
    this.#options = options;
    this.#tasks = Array.from({ length: tasks }, () => newTask(0));
  }

  get waiting(): number {
    return this.#queue.length - this.#next;
  }

  get inFlight(): number {
    return this.#tasks.reduce((sum, { running }) => sum + running.length, 0);
  }

  /** Tasks that are not being stopped, ready or not. */
  get wanted(): number {
    return this.#tasks.filter(({ stoppedAt }) => stoppedAt === undefined).length;
  }

  ready(at: number): number {
    return this.#tasks.filter(({ readyAt, stoppedAt }) => readyAt <= at && stoppedAt === undefined).length;
  }

  /** Starts or stops tasks until as many as wanted are there; tasks that are spared stay for now. */
  scaleTo(tasks: number, at: number): void {
    for (let missing = tasks - this.wanted; missing > 0; missing -= 1) {
      this.#tasks.push(newTask(at + this.#options.startSeconds));
    }
    for (let surplus = this.wanted - tasks; surplus > 0; surplus -= 1) {
      const candidates = this.#tasks.filter(
        (task) => task.stoppedAt === undefined && !isProtected(task, this.#options.spares, at),
      );
      const chosen = candidates[Math.floor(this.#options.draw() * candidates.length)];
      if (!chosen) return;
      chosen.stoppedAt = at;
    }
  }

  /** One second: jobs end, come, begin; stopped tasks go. */
  step(at: number, arrivals: readonly Arrival[]): void {
    for (const task of this.#tasks) task.running = task.running.filter(({ endsAt }) => endsAt > at);
    this.#queue.push(...arrivals);
    this.#remove(at);
    this.#begin(at);
    this.taskSeconds += this.#tasks.length;
  }

  #remove(at: number): void {
    this.#tasks = this.#tasks.filter(({ stoppedAt, running }) => {
      if (stoppedAt === undefined) return true;
      if (running.length > 0 && at - stoppedAt < this.#options.drainSeconds) return true;
      this.thrownBack += running.length;
      this.#queue.splice(this.#next, 0, ...running.map(({ job }) => job));
      return false;
    });
  }

  /** Whoever has a free slot polls: each job goes to any of them. */
  #begin(at: number): void {
    const { concurrency, draw } = this.#options;
    const open = this.#tasks.filter(({ readyAt, stoppedAt }) => readyAt <= at && stoppedAt === undefined);
    let free = open.filter(({ running }) => running.length < concurrency);
    while (this.waiting > 0 && free.length > 0) {
      const task = free[Math.floor(draw() * free.length)] as Task;
      const job = this.#queue[this.#next] as Arrival;
      this.#next += 1;
      if (task.running.length === 0) task.busySince = at;
      task.running.push({ job, endsAt: at + job.takes });
      this.waits.push(Math.max(0, at - job.at));
      if (task.running.length >= concurrency) free = free.filter((other) => other !== task);
    }
  }
}
