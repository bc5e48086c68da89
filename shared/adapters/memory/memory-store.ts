import type { JobStatus } from '../../contract/states.ts';
import { applyWrite } from '../../job/apply-write.ts';
import type { JobWrite, WriteResult } from '../../job/job-write.ts';
import type { Presence } from '../../job/presence.ts';
import type { JobRecord } from '../../job/record.ts';
import type { Clock } from '../../ports/clock.ts';
import type { CacheEntry, JobPage, Store } from '../../ports/store.ts';
import { decodeCursor, encodeCursor } from '../list-cursor.ts';

/** A store in this process's memory, for tests: it keeps JSON, as a table keeps attributes, never a caller's objects. */
export class MemoryStore implements Store {
  readonly #clock: Clock;
  readonly #jobs = new Map<string, string>();
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
    this.#jobs.set(job.id, JSON.stringify(job));
    return { created: true };
  }

  async getJobs(ids: readonly string[]): Promise<(JobRecord | undefined)[]> {
    return ids.map((id) => this.#read(id));
  }

  async getJob(id: string): Promise<JobRecord | undefined> {
    return this.#read(id);
  }

  async writeJob(write: JobWrite): Promise<WriteResult> {
    const job = this.#read(write.id);
    const next = job && applyWrite(job, write);
    if (!next) return { applied: false, job };
    this.#jobs.set(write.id, JSON.stringify(next));
    return { applied: true, job: this.#read(write.id) as JobRecord };
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
      .filter((job) => !query.status || job.status === query.status)
      .filter((job) => before === undefined || (job.created_at_id as string) < before)
      .sort((a, b) => ((a.created_at_id as string) < (b.created_at_id as string) ? 1 : -1));
    const jobs = matching.slice(0, query.limit);
    const last = jobs.at(-1)?.created_at_id;
    return matching.length > jobs.length && last ? { jobs, cursor: encodeCursor(last) } : { jobs };
  }

  async dueJobs(now: number, limit: number): Promise<string[]> {
    return this.#all()
      .filter((job) => job.open_shard !== undefined && (job.due_at ?? Number.POSITIVE_INFINITY) <= now)
      .sort((a, b) => (a.due_at as number) - (b.due_at as number))
      .slice(0, limit)
      .map((job) => job.id);
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
    const json = this.#jobs.get(id);
    const job = json === undefined ? undefined : (JSON.parse(json) as JobRecord);
    return job && this.#isLive(job.expires_at) ? job : undefined;
  }

  #all(): JobRecord[] {
    return [...this.#jobs.keys()].map((id) => this.#read(id)).filter((job) => job !== undefined);
  }
}
