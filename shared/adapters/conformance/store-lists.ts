import { expect, it, vi } from 'vitest';
import { DEADLINE_GRACE_MS } from '../../contract/limits.ts';
import type { JobStatus } from '../../contract/states.ts';
import { endWrite } from '../../job/ends.ts';
import type { JobRecord } from '../../job/record.ts';
import { claimWrite, postponeWrite } from '../../job/transitions.ts';
import { BadCursorError, type Store } from '../../ports/store.ts';
import { newId, someJob } from './fixtures.ts';
import type { StoreBench } from './store-bench.ts';

/** `count` jobs of one client, a millisecond apart, newest first; every third one has ended. */
async function jobsOfClient({ store, clock }: StoreBench, count: number): Promise<JobRecord[]> {
  const client = newId();
  const jobs: JobRecord[] = [];
  for (let made = 0; made < count; made += 1) {
    await clock.advance(1);
    const job = someJob(clock, { client });
    await store.createJob(job);
    const end = made % 3 === 0 ? endWrite(job, { status: 'canceled' }, clock.now()) : undefined;
    const ended = end && (await store.writeJob(end)).job;
    jobs.unshift(ended ?? job);
  }
  return jobs;
}

async function readPages(store: Store, client: string, limit: number, status?: JobStatus) {
  const pages: JobRecord[][] = [];
  let cursor: string | undefined;
  do {
    const query = { limit, ...(status ? { status } : {}), ...(cursor === undefined ? {} : { cursor }) };
    const page = await store.listJobs(client, query);
    pages.push(page.jobs);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return pages;
}

/** An index may lag behind the table: what it must show at last, not at once. */
const atLast = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 10_000, interval: 100 });

export function listCases(bench: StoreBench): void {
  it('pages through a client’s jobs, newest first, none twice, none missing', async () => {
    const jobs = await jobsOfClient(bench, 12);
    const client = jobs[0]?.client as string;
    await atLast(async () => {
      const pages = await readPages(bench.store, client, 5);
      expect(pages.map((page) => page.length)).toEqual([5, 5, 2]);
      expect(pages.flat()).toEqual(jobs);
    });
  });

  it('gives no cursor with the last page, be it full or empty', async () => {
    const jobs = await jobsOfClient(bench, 4);
    const client = jobs[0]?.client as string;
    await atLast(async () => {
      expect((await readPages(bench.store, client, 4)).map((page) => page.length)).toEqual([4]);
      expect((await readPages(bench.store, client, 2)).map((page) => page.length)).toEqual([2, 2]);
    });
    expect(await bench.store.listJobs(newId(), { limit: 5 })).toEqual({ jobs: [] });
  });

  it('fills its pages with jobs of the status asked for', async () => {
    const jobs = await jobsOfClient(bench, 13);
    const client = jobs[0]?.client as string;
    const canceled = jobs.filter((job) => job.status === 'canceled');
    await atLast(async () => {
      const pages = await readPages(bench.store, client, 2, 'canceled');
      expect(pages.map((page) => page.length)).toEqual([2, 2, 1]);
      expect(pages.flat()).toEqual(canceled);
    });
    expect(await bench.store.listJobs(client, { limit: 5, status: 'running' })).toEqual({ jobs: [] });
  });

  it('counts a job past its deadline as what a read would make of it', async () => {
    const { store, clock } = bench;
    const client = newId();
    const [waiting, running] = [0, 1].map(() => someJob(clock, { client })) as [JobRecord, JobRecord];
    await Promise.all([waiting, running].map((job) => store.createJob(job)));
    const claim = { owner: 'worker', now: clock.now(), dueAt: running.deadline_at, attempts: {} };
    await store.writeJob(claimWrite(running, claim));
    const idsOf = async (status: JobStatus) =>
      (await store.listJobs(client, { limit: 5, status })).jobs.map(({ id }) => id);
    await atLast(async () => {
      expect(await Promise.all([idsOf('queued'), idsOf('running')])).toEqual([[waiting.id], [running.id]]);
    });
    await clock.advance(waiting.deadline_at + DEADLINE_GRACE_MS - clock.now());
    const statuses = ['queued', 'running', 'expired', 'failed'] as const;
    expect(await Promise.all(statuses.map(idsOf))).toEqual([[], [], [waiting.id], [running.id]]);
  });

  it('shows no client the jobs of another', async () => {
    const [mine, theirs] = await Promise.all([jobsOfClient(bench, 2), jobsOfClient(bench, 2)]);
    await atLast(async () => {
      const { jobs } = await bench.store.listJobs(mine[0]?.client as string, { limit: 100 });
      expect(jobs).toHaveLength(2);
      expect(jobs).not.toContainEqual(theirs[0]);
    });
  });

  it.each(['garbage', '', 'eyJwayI6MX0', '\u{1F680}'])('refuses the cursor %j', async (cursor) => {
    await expect(bench.store.listJobs(newId(), { limit: 5, cursor })).rejects.toThrow(BadCursorError);
  });

  it('lists neither tombstones nor what has expired', async () => {
    const { store, clock } = bench;
    const client = newId();
    const [buried, expiring, kept] = [0, 1, 2].map(() => someJob(clock, { client })) as [
      JobRecord,
      JobRecord,
      JobRecord,
    ];
    expiring.expires_at = Math.ceil(clock.now() / 1000) + 1;
    await Promise.all([buried, expiring, kept].map((job) => store.createJob(job)));
    await store.writeJob({
      id: buried.id,
      require: [],
      set: [[['deleted'], true]],
      remove: [['created_at_id']],
      revise: true,
    });
    await clock.advance(2000);
    await atLast(async () => {
      expect((await store.listJobs(client, { limit: 5 })).jobs.map((job) => job.id)).toEqual([kept.id]);
    });
  });

  it('finds due jobs of every shard, oldest first, up to the limit, and none that ended', async () => {
    const { store, clock } = bench;
    // Due long before anything that another case makes.
    const jobs = Array.from({ length: 24 }, (_, n) => ({ ...someJob(clock), due_at: 1000 + n }));
    await Promise.all(jobs.map((job) => store.createJob(job)));
    const ids = jobs.map((job) => job.id);
    expect(new Set(jobs.map((job) => job.open_shard)).size).toBeGreaterThan(1);
    await atLast(async () => {
      expect(await store.dueJobs(1023, 100)).toEqual(ids);
      expect(await store.dueJobs(1010, 100)).toEqual(ids.slice(0, 11));
      expect(await store.dueJobs(1023, 7)).toEqual(ids.slice(0, 7));
    });
    const [moved, ...ended] = jobs as [JobRecord, ...JobRecord[]];
    await store.writeJob(postponeWrite(moved, 2000, moved.resends));
    await Promise.all(ended.map((job) => store.writeJob(endWrite(job, { status: 'canceled' }, clock.now()))));
    await atLast(async () => {
      expect(await store.dueJobs(1999, 100)).toEqual([]);
      expect(await store.dueJobs(2000, 100)).toEqual([moved.id]);
    });
    const { job } = await store.writeJob(endWrite(moved, { status: 'canceled' }, clock.now()));
    expect(job).not.toHaveProperty('open_shard');
  });
}
