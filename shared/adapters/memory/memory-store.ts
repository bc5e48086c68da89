import type { JobStatus } from '../../contract/states.ts';
import { applyWrite } from '../../job/apply-write.ts';
import { statusAt } from '../../job/ends.ts';
import type { JobWrite, WriteResult } from '../../job/job-write.ts';
import type { Presence } from '../../job/presence.ts';
import type { JobRecord } from '../../job/record.ts';
import type { Clock } from '../../ports/clock.ts';
import type { CacheEntry, JobPage, Store } from '../../ports/store.ts';
import { decodeCursor, encodeCursor } from '../list-cursor.ts';

/** A job as JSON, and beside it what the index of open jobs is made of. */
interface Row {
  json: string;
  expiresAt: number;
  dueAt: number | undefined;
}

function rowOf(job: JobRecord): Row {
  const dueAt = job.open_shard === undefined ? undefined : job.due_at;
  return { json: JSON.stringify(job), expiresAt: job.expires_at, dueAt };
}

/** A store in this process's memory, for tests: it keeps JSON, as a table keeps attributes, never a caller's objects. */
export class MemoryStore implements Store {
  readonly #clock: Clock;
  readonly #jobs = new Map<string, Row>();
  readonly #presences = new Map<string, string>();
  readonly #counts = new Map<string, number>();
  readonly #cache = new Map<string, CacheEntry>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async createJob(job: JobRecord): Promise<{ created: true } | { created: false; existing: JobRecord }> {
    const existing = this.#read(job.id);
    if (existing)
      return existing.create_token === job.create_token ? { created: true } : { created: false, existing };
    this.#jobs.set(job.id, rowOf(job));
    return { created: true };
  }

  async getJobs(ids: readonly string[]): Promise<(JobRecord | undefined)[]> {
    return ids.map((id) => this.#read(id));
  }

  async getJob(id: string): Promise<JobRecord | undefined> {
    return this.#read(id);
  }

  async writeJob(write: JobWrite, known?: JobRecord): Promise<WriteResult> {
    const job = this.#read(write.id);
    const next = job && applyWrite(job, write);
    if (!next) return { applied: false, job };
    this.#jobs.set(write.id, rowOf(next));
    // Made of what its writer knows, as the table's is, so that what that does not show is met in tests.
    const told = write.revise && known?.revision === job.revision ? applyWrite(known, write) : undefined;
    return { applied: true, job: JSON.parse(JSON.stringify(told ?? next)) as JobRecord };
  }

  async deleteUnclaimedJob(id: string): Promise<boolean> {
    const job = this.#read(id);
    if (job && (job.status !== 'queued' || job.fence > 0)) return false;
    this.#jobs.delete(id);
    return true;
  }

  async listJobs(
    client: string,
    query: { status?: JobStatus; limit: number; cursor?: string },
  ): Promise<JobPage> {
    const before = query.cursor === undefined ? undefined : decodeCursor(query.cursor);
    const matching = this.#all()
      .filter((job) => job.client === client && job.created_at_id !== undefined)
      .filter((job) => !query.status || statusAt(job, this.#clock.now()) === query.status)
      .filter((job) => before === undefined || (job.created_at_id as string) < before)
      .sort((a, b) => ((a.created_at_id as string) < (b.created_at_id as string) ? 1 : -1));
    const jobs = matching.slice(0, query.limit);
    const last = jobs.at(-1)?.created_at_id;
    return matching.length > jobs.length && last ? { jobs, cursor: encodeCursor(last) } : { jobs };
  }

  async dueJobs(now: number, limit: number): Promise<string[]> {
    return [...this.#jobs]
      .flatMap(([id, { dueAt, expiresAt }]) =>
        dueAt !== undefined && dueAt <= now && this.#isLive(expiresAt) ? [{ id, dueAt }] : [],
      )
      .sort((a, b) => a.dueAt - b.dueAt)
      .slice(0, limit)
      .map(({ id }) => id);
  }

  async putPresence(presence: Presence): Promise<void> {
    this.#presences.set(presence.id, JSON.stringify(presence));
  }

  async getPresence(workerId: string): Promise<Presence | undefined> {
    const json = this.#presences.get(workerId);
    const presence = json === undefined ? undefined : (JSON.parse(json) as Presence);
    return presence && this.#isLive(presence.expires_at) ? presence : undefined;
  }

  async listPresences(): Promise<Presence[]> {
    const found = await Promise.all([...this.#presences.keys()].map((id) => this.getPresence(id)));
    return found.filter((presence) => presence !== undefined);
  }

  async countQuestion(client: string, day: string, quota: number): Promise<boolean> {
    const key = `${client}#${day}`;
    const count = this.#counts.get(key) ?? 0;
    if (count >= quota) return false;
    this.#counts.set(key, count + 1);
    return true;
  }

  async uncountQuestion(client: string, day: string): Promise<void> {
    const key = `${client}#${day}`;
    this.#counts.set(key, Math.max(0, (this.#counts.get(key) ?? 0) - 1));
  }

  async getCached(client: string, hash: string): Promise<CacheEntry | undefined> {
    const entry = this.#cache.get(`${client}#${hash}`);
    return entry && this.#isLive(entry.expiresAt) ? { ...entry } : undefined;
  }

  async putCached(client: string, hash: string, entry: CacheEntry): Promise<void> {
    this.#cache.set(`${client}#${hash}`, { ...entry });
  }

  async ping(): Promise<void> {}

  async close(): Promise<void> {}

  #isLive(expiresAt: number): boolean {
    return expiresAt * 1000 > this.#clock.now();
  }

  #read(id: string): JobRecord | undefined {
    const row = this.#jobs.get(id);
    return row && this.#isLive(row.expiresAt) ? (JSON.parse(row.json) as JobRecord) : undefined;
  }

  #all(): JobRecord[] {
    return [...this.#jobs.keys()].map((id) => this.#read(id)).filter((job) => job !== undefined);
  }
}
