import { expect, it } from 'vitest';
import { LIMITS } from '../../contract/limits.ts';
import { answerWrite } from '../../job/answers.ts';
import { claimWrite } from '../../job/transitions.ts';
import { newId, someAnswer, someAttempt, someJob } from './fixtures.ts';
import type { StoreBench } from './store-bench.ts';

export function jobCases(bench: StoreBench): void {
  it('gives back exactly what was put', async () => {
    const job = someJob(bench.clock, {
      keyed: true,
      language: 'pt-BR',
      cacheHash: 'abc',
      webhook: { url: 'https://example.com/hook?a=1', events: ['job.failed'] },
    });
    expect(await bench.store.createJob(job)).toEqual({ created: true });
    expect(await bench.store.getJob(job.id)).toEqual(job);
  });

  it('keeps its own copy of what was put', async () => {
    const job = someJob(bench.clock);
    await bench.store.createJob(job);
    job.metadata.later = 'changed by the caller';
    expect((await bench.store.getJob(job.id))?.metadata).not.toHaveProperty('later');
  });

  it('creates a job once, and shows what stands there instead', async () => {
    const job = someJob(bench.clock);
    const other = { ...job, create_token: newId(), question: 'another' };
    await bench.store.createJob(job);
    expect(await bench.store.createJob(other)).toEqual({ created: false, existing: job });
  });

  it('knows a put that is repeated by its token', async () => {
    const job = someJob(bench.clock);
    await bench.store.createJob(job);
    expect(await bench.store.createJob(job)).toEqual({ created: true });
  });

  it('lets one of many create the job', async () => {
    const job = someJob(bench.clock);
    const puts = Array.from({ length: 20 }, () => bench.store.createJob({ ...job, create_token: newId() }));
    const created = (await Promise.all(puts)).filter((result) => result.created);
    expect(created).toHaveLength(1);
  });

  it('reads many in the order asked for, twice where asked twice, and nothing where there is nothing', async () => {
    const jobs = Array.from({ length: 130 }, () => someJob(bench.clock));
    await Promise.all(jobs.map((job) => bench.store.createJob(job)));
    const ids = jobs.map((job) => job.id);
    const asked = [newId(), ...ids, ids[0] as string];
    const read = await bench.store.getJobs(asked);
    expect(read.map((job) => job?.id)).toEqual([undefined, ...ids, ids[0]]);
    expect(await bench.store.getJobs([])).toEqual([]);
    expect(await bench.store.getJobs([ids[0] as string, ids[0] as string])).toEqual([jobs[0], jobs[0]]);
  });

  it('hides a job that has expired, and lets another take its place', async () => {
    const job = someJob(bench.clock);
    await bench.store.createJob({ ...job, expires_at: Math.floor(bench.clock.now() / 1000) });
    expect(await bench.store.getJob(job.id)).toBeUndefined();
    const next = { ...job, create_token: newId() };
    expect(await bench.store.createJob(next)).toEqual({ created: true });
    expect(await bench.store.getJob(job.id)).toEqual(next);
  });

  it('refuses to write a job that has expired or never was', async () => {
    const job = someJob(bench.clock);
    const claim = { owner: 'w', now: bench.clock.now(), dueAt: bench.clock.now(), attempts: {} };
    expect(await bench.store.writeJob(claimWrite(job, claim))).toEqual({ applied: false, job: undefined });
    await bench.store.createJob({ ...job, expires_at: Math.floor(bench.clock.now() / 1000) });
    expect(await bench.store.writeJob(claimWrite(job, claim))).toEqual({ applied: false, job: undefined });
  });

  it('deletes an unclaimed job, and one that is not there, but no claimed one', async () => {
    const { store, clock } = bench;
    const unclaimed = someJob(clock);
    const claimed = someJob(clock);
    await Promise.all([store.createJob(unclaimed), store.createJob(claimed)]);
    await store.writeJob(
      claimWrite(claimed, { owner: 'w', now: clock.now(), dueAt: clock.now(), attempts: {} }),
    );
    expect(await store.deleteUnclaimedJob(unclaimed.id)).toBe(true);
    expect(await store.deleteUnclaimedJob(unclaimed.id)).toBe(true);
    expect(await store.deleteUnclaimedJob(claimed.id)).toBe(false);
    expect(await store.getJobs([unclaimed.id, claimed.id])).toEqual([
      undefined,
      expect.objectContaining({ id: claimed.id, status: 'running' }),
    ]);
  });

  it('holds a whole panel of answers of the greatest size', async () => {
    const { store, clock } = bench;
    const panel = Array.from({ length: LIMITS.panelSize }, (_, n) => ({ id: `p-${n}`, model: 'm' }));
    const job = someJob(clock, { panel, question: '☁'.repeat(LIMITS.questionCharacters) });
    await store.createJob(job);
    const attempts = Object.fromEntries(panel.map(({ id }) => [`${id}-1`, someAttempt(id, clock.now())]));
    await store.writeJob(claimWrite(job, { owner: 'w', now: clock.now(), dueAt: clock.now(), attempts }));
    const text = '😀'.repeat(LIMITS.answerBytes / 4);
    for (const { id } of panel) {
      const answer = someAnswer(`${id}-1`, clock.now(), text);
      const attempt = someAttempt(id, clock.now(), { outcome: 'ok' });
      expect((await store.writeJob(answerWrite(job.id, answer, attempt))).applied).toBe(true);
    }
    const read = await store.getJob(job.id);
    expect(Object.values(read?.answers ?? {}).map((answer) => answer.text === text)).toEqual(
      panel.map(() => true),
    );
  });

  it('answers a ping', async () => {
    await expect(bench.store.ping()).resolves.toBeUndefined();
  });
}
