import { describe, expect, it } from 'vitest';
import { someJob } from '../adapters/conformance/fixtures.ts';
import { MemoryStore } from '../adapters/memory/memory-store.ts';
import { VirtualClock } from '../adapters/memory/virtual-clock.ts';
import { isOverdue, overdueEnd } from './ends.ts';
import { settleOverdue } from './settle-overdue.ts';
import { cancelingWrite, claimWrite } from './transitions.ts';

async function storedJob() {
  const clock = new VirtualClock();
  const store = new MemoryStore(clock);
  const job = someJob(clock, { deadlineSeconds: 60 });
  await store.createJob(job);
  return { clock, store, job };
}

type Bench = Awaited<ReturnType<typeof storedJob>>;

async function claim({ store, job, clock }: Bench) {
  const claimed = { owner: 'w', now: clock.now(), dueAt: clock.now(), attempts: {} };
  const result = await store.writeJob(claimWrite(job, claimed));
  if (!result.applied) throw new Error('the job could not be claimed');
  return result.job;
}

describe('a job past its deadline', () => {
  it('is overdue two seconds later, and not before', async () => {
    const { job } = await storedJob();
    expect(isOverdue(job, job.deadline_at + 1999)).toBe(false);
    expect(isOverdue(job, job.deadline_at + 2000)).toBe(true);
    expect(isOverdue({ ...job, status: 'failed' }, job.deadline_at + 9000)).toBe(false);
  });

  it('expires where nobody claimed it', async () => {
    const { store, job } = await storedJob();
    const { ended } = await settleOverdue(store, job, job.deadline_at + 2000);
    expect(ended).toMatchObject({ status: 'expired', error: { code: 'expired' }, fence: 1 });
    expect(await store.getJob(job.id)).toEqual(ended);
  });

  it('fails where its worker did not end it', async () => {
    const bench = await storedJob();
    const claimed = await claim(bench);
    const { ended } = await settleOverdue(bench.store, claimed, claimed.deadline_at + 2000);
    expect(ended).toMatchObject({ status: 'failed', error: { code: 'deadline_exceeded' } });
  });

  it('is canceled where that was wanted', async () => {
    const bench = await storedJob();
    const { store, clock } = bench;
    const { job: canceling } = await store.writeJob(cancelingWrite(await claim(bench), clock.now()));
    if (!canceling) throw new Error('the job is gone');
    expect(overdueEnd(canceling)).toEqual({ status: 'canceled' });
    const { ended } = await settleOverdue(store, canceling, canceling.deadline_at + 2000);
    expect(ended?.status).toBe('canceled');
  });

  it('gets one end, whoever comes with an older sight of it', async () => {
    const bench = await storedJob();
    const { store, job } = bench;
    await claim(bench);
    const now = job.deadline_at + 2000;
    const settled = await Promise.all([1, 2, 3].map(() => settleOverdue(store, job, now)));
    expect(settled[0]?.job).toMatchObject({ status: 'failed', revision: 3 });
    expect(new Set(settled.map((one) => JSON.stringify(one.job))).size).toBe(1);
    // Who logs and counts the end is the one who wrote it.
    expect(settled.filter(({ ended }) => ended)).toHaveLength(1);
  });

  it('is not there where it is gone', async () => {
    const { store, clock } = await storedJob();
    const unknown = someJob(clock);
    expect((await settleOverdue(store, unknown, unknown.deadline_at + 2000)).job).toBeUndefined();
  });

  it('is left alone before its time', async () => {
    const { store, job } = await storedJob();
    expect(await settleOverdue(store, job, job.deadline_at)).toEqual({ job, ended: undefined });
  });
});
