import {
  areSamePath,
  type Condition,
  type JobPath,
  type JobValue,
  type JobWrite,
  type WriteResult,
} from '../../shared/job/job-write.ts';
import type { JobRecord } from '../../shared/job/record.ts';
import type { Clock } from '../../shared/ports/clock.ts';

/**
 * Makes a write of the job as it stands when the write's turn comes; `before` is what happens to the job in the same
 * write, ahead of this one, and is not kept: it grows. Throws where the job may not take it.
 */
export type BuildWrite = (job: JobRecord, before?: JobWrite) => JobWrite;

/** What is known of a job that is written: when it is over and, where it was read, how it stood. */
export interface Seen {
  /** Epoch milliseconds. */
  deadlineAt: number;
  known?: JobRecord;
}

export type SendWrite = (write: JobWrite, seen: Seen) => Promise<WriteResult>;

/**
 * `fact`: so it is, whoever owns the job. `decision`: the owner's. `end`: the owner's last decision, which shares its
 * write with facts before it, and with nothing else: no call is to start with the write that ends its job.
 */
export type WriteKind = 'fact' | 'decision' | 'end';

/** Answers that arrive so close to each other share a write: a write alone takes about as long. */
export const TOGETHER_MS = 5;

interface Pending {
  build: BuildWrite;
  kind: WriteKind;
  resolve: (result: WriteResult) => void;
  reject: (error: unknown) => void;
}

function touches({ set, remove }: JobWrite, path: JobPath): boolean {
  for (const change of set) if (areSamePath(change[0], path)) return true;
  for (const other of remove) if (areSamePath(other, path)) return true;
  return false;
}

function shareAPath(a: JobWrite, { set, remove }: JobWrite): boolean {
  for (const change of set) if (touches(a, change[0])) return true;
  for (const path of remove) if (touches(a, path)) return true;
  return false;
}

const isFact = ({ kind }: Pending): boolean => kind === 'fact';

function mayJoin(group: readonly Pending[], { kind }: Pending): boolean {
  return kind === 'end' ? group.every(isFact) : group.at(-1)?.kind !== 'end';
}

/** One write that does what some writes of a job do, one after the other. */
class SharedWrite implements JobWrite {
  readonly id: string;
  readonly require: Condition[];
  readonly set: (readonly [JobPath, JobValue])[];
  readonly remove: JobPath[];
  revise: boolean;

  constructor({ id, require, set, remove, revise }: JobWrite) {
    this.id = id;
    this.require = [...require];
    this.set = [...set];
    this.remove = [...remove];
    this.revise = revise;
  }

  add({ require, set, remove, revise }: JobWrite): void {
    this.require.push(...require);
    this.set.push(...set);
    this.remove.push(...remove);
    this.revise ||= revise;
  }
}

/**
 * The writes of one job by the owner of one fence, in order, one at a time. What comes at once, or while one is under
 * way, shares the next: each write is billed at the size of the whole job.
 */
export class JobWriter {
  readonly #send: SendWrite;
  readonly #clock: Clock;
  readonly #observe: (job: JobRecord | undefined) => void;
  #job: JobRecord;
  #pending: Pending[] = [];
  #flushing = false;
  #stopGathering = () => {};

  /** `observe` is told what every write showed of the job. */
  constructor(
    job: JobRecord,
    send: SendWrite,
    { clock, observe }: { clock: Clock; observe: (job: JobRecord | undefined) => void },
  ) {
    this.#job = job;
    this.#send = send;
    this.#clock = clock;
    this.#observe = observe;
  }

  /** The job as it was last seen under this fence. */
  get job(): JobRecord {
    return this.#job;
  }

  /** Takes in what was read. A job under another fence is never adopted: a writer must not decide in its owner's name. */
  see(job: JobRecord): void {
    if (job.fence === this.#job.fence && job.revision >= this.#job.revision) this.#job = job;
  }

  /** Rejects where the store cannot be reached, or `build` throws. */
  write(build: BuildWrite, kind: WriteKind = 'decision'): Promise<WriteResult> {
    const { promise, resolve, reject } = Promise.withResolvers<WriteResult>();
    this.#pending.push({ build, kind, resolve, reject });
    if (kind !== 'fact') this.#stopGathering();
    if (!this.#flushing) void this.#flush();
    return promise;
  }

  async #flush(): Promise<void> {
    this.#flushing = true;
    // The end that follows from the last answer shares its write.
    await this.#clock.nextTurn();
    await this.#gatherFacts();
    for (let next = this.#pending.shift(); next; next = this.#pending.shift()) {
      const write = this.#build(next);
      if (write) await this.#sendShared(next, write);
    }
    this.#flushing = false;
  }

  /** Facts wait a little for others; for what is decided, nothing waits. */
  async #gatherFacts(): Promise<void> {
    if (this.#pending.some(({ kind }) => kind !== 'fact')) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#stopGathering = resolve;
    const cancel = this.#clock.after(TOGETHER_MS, resolve);
    await promise;
    cancel();
  }

  #build(pending: Pending, before?: JobWrite): JobWrite | undefined {
    try {
      return pending.build(this.#job, before);
    } catch (error) {
      pending.reject(error);
      return undefined;
    }
  }

  async #sendShared(first: Pending, firstWrite: JobWrite): Promise<void> {
    const group = [first];
    const write = new SharedWrite(firstWrite);
    for (let pending = this.#pending[0]; pending && mayJoin(group, pending); pending = this.#pending[0]) {
      const next = this.#build(pending, write);
      if (next && shareAPath(write, next)) break;
      this.#pending.shift();
      if (!next) continue;
      write.add(next);
      group.push(pending);
    }
    await this.#sendGroup(group, write);
  }

  async #sendGroup(group: Pending[], write: JobWrite): Promise<void> {
    let result: WriteResult;
    try {
      result = await this.#send(write, { deadlineAt: this.#job.deadline_at, known: this.#job });
    } catch (error) {
      for (const { reject } of group) reject(error);
      return;
    }
    if (result.job) this.see(result.job);
    this.#observe(result.job);
    if (result.applied || group.length === 1) {
      for (const { resolve } of group) resolve(result);
      return;
    }
    // One refusal must not take the others with it: each is judged again, by itself.
    for (const pending of group) {
      const own = this.#build(pending);
      if (own) await this.#sendGroup([pending], own);
    }
  }
}
