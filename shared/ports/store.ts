import type { JobStatus } from '../contract/states.ts';
import type { JobWrite, WriteResult } from '../job/job-write.ts';
import type { Presence } from '../job/presence.ts';
import type { JobRecord } from '../job/record.ts';

export interface JobPage {
  jobs: JobRecord[];
  /** Opaque; absent on the last page. */
  cursor?: string;
}

export interface CacheEntry {
  jobId: string;
  /** Epoch seconds. */
  expiresAt: number;
}

/**
 * One table. Reads are consistent but for `listJobs` and `dueJobs`, which read an index that lags.
 * Rows past `expires_at` are absent to every reader, deleted or not.
 * Every method rejects with `StoreUnavailableError` where the table cannot be asked.
 */
export interface Store {
  /** Writes a new job where none of this id stands; otherwise `existing` is what stands there. */
  createJob(job: JobRecord): Promise<{ created: true } | { created: false; existing: JobRecord }>;
  /** In the order of `ids`; undefined where there is none. */
  getJobs(ids: readonly string[]): Promise<(JobRecord | undefined)[]>;
  getJob(id: string): Promise<JobRecord | undefined>;
  /**
   * `known`: the job as its writer saw it last. Where its revision is the one that was written upon, the result is made
   * of it, and is as old in what no reader sees; else it is what stands in the table.
   */
  writeJob(write: JobWrite, known?: JobRecord): Promise<WriteResult>;
  /** Removes a job that nobody has claimed; true where it is gone. */
  deleteUnclaimedJob(id: string): Promise<boolean>;
  /**
   * Newest first. `status` is the one that a read would show (`statusAt`): a job past its deadline counts as ended.
   * A page may be short before the last where few jobs have that status. Rejects with `BadCursorError` where the
   * cursor is not one of its own.
   */
  listJobs(client: string, query: { status?: JobStatus; limit: number; cursor?: string }): Promise<JobPage>;
  /** Ids of jobs that are due at `now` (epoch milliseconds), oldest first in each of the index's shards. */
  dueJobs(now: number, limit: number): Promise<string[]>;

  putPresence(presence: Presence): Promise<void>;
  getPresence(workerId: string): Promise<Presence | undefined>;
  listPresences(): Promise<Presence[]>;

  /** Counts one question of `client` on `day` (YYYY-MM-DD) unless that would exceed `quota`; false where it would. */
  countQuestion(client: string, day: string, quota: number): Promise<boolean>;
  /** Takes back what `countQuestion` counted. */
  uncountQuestion(client: string, day: string): Promise<void>;

  getCached(client: string, hash: string): Promise<CacheEntry | undefined>;
  putCached(client: string, hash: string, entry: CacheEntry): Promise<void>;

  /** Resolves where the table answers. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** The table did not answer, or said no for a reason that passes. */
export class StoreUnavailableError extends Error {
  constructor(doing: string, cause: unknown) {
    super(
      `the store is unavailable while ${doing}: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
    this.name = 'StoreUnavailableError';
  }
}

export class BadCursorError extends Error {
  constructor() {
    super('the cursor is not one that this list gave out');
    this.name = 'BadCursorError';
  }
}
