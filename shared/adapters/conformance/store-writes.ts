import { expect, it } from 'vitest';
import { answerWrite, outcomeWrite, verdictWrite } from '../../job/answers.ts';
import { applyWrite } from '../../job/apply-write.ts';
import { endWrite } from '../../job/ends.ts';
import { absent, type JobWrite, oneOf, present } from '../../job/job-write.ts';
import type { JobRecord } from '../../job/record.ts';
import {
  attemptsWrite,
  cancelingWrite,
  claimWrite,
  mergingWrite,
  postponeWrite,
  releaseWrite,
} from '../../job/transitions.ts';
import { newId, someAnswer, someAttempt, someJob } from './fixtures.ts';
import type { StoreBench } from './store-bench.ts';

const PROVIDER = 'open-ai_1';

/** A job that worker `w` has claimed, with one call under way. */
async function claimedJob({ store, clock }: StoreBench, owner = 'w'): Promise<JobRecord> {
  const job = someJob(clock, { webhook: { url: 'https://example.com', events: ['job.succeeded'] } });
  await store.createJob(job);
  const attempts = { 'first-try_1': someAttempt(PROVIDER, clock.now()) };
  const write = claimWrite(job, { owner, now: clock.now(), dueAt: clock.now() + 5000, attempts });
  const result = await store.writeJob(write);
  if (!result.applied) throw new Error('a fresh job could not be claimed');
  return result.job;
}

/** Expects the store to do exactly what the pure model does, and to show it to the next reader. */
async function expectAsModel({ store }: StoreBench, before: JobRecord, write: JobWrite): Promise<JobRecord> {
  const model = applyWrite(before, write);
  const result = await store.writeJob(write);
  expect(result).toEqual({ applied: true, job: JSON.parse(JSON.stringify(model)) });
  expect(await store.getJob(write.id)).toEqual(result.job);
  return result.job as JobRecord;
}

export function writeCases(bench: StoreBench): void {
  it('does each write as the model does', async () => {
    const now = bench.clock.now();
    const wait = { code: 'rate_limited', message: 'um 🐌', retryable: true, until: now + 10 } as const;
    const failure = { code: 'auth', message: '', retryable: false } as const;
    let job = await claimedJob(bench);
    job = await expectAsModel(bench, job, postponeWrite(job, now + 7, job.resends + 1));
    job = await expectAsModel(bench, job, verdictWrite(job, 'size', { kind: 'wait', wait }));
    const line = { attemptId: 'second-1', attempt: someAttempt('size', now, { outcome: 'auth' }) };
    const attempts = { 'second-1': someAttempt('size', now), 'third-1': someAttempt('0-c', now) };
    job = await expectAsModel(bench, job, attemptsWrite(job, attempts));
    job = await expectAsModel(bench, job, verdictWrite(job, 'size', { kind: 'failed', failure }, line));
    const failed = someAttempt('0-c', now, { outcome: 'timeout', usage: null, possibly_billed: true });
    job = await expectAsModel(bench, job, outcomeWrite(job.id, 'third-1', failed));
    const answered = someAttempt(PROVIDER, now, { outcome: 'ok', cost: { usd: null, priced: false } });
    const answer = someAnswer('first-try_1', now, '');
    job = await expectAsModel(bench, job, answerWrite(job.id, answer, answered));
    const merging = { 'merge-1': someAttempt(PROVIDER, now, { purpose: 'merge' }) };
    job = await expectAsModel(bench, job, mergingWrite(job, merging));
    job = await expectAsModel(bench, job, releaseWrite(job, bench.clock.now()));
    const again = { owner: 'w2', now, dueAt: now, attempts: {} };
    job = await expectAsModel(bench, job, claimWrite(job, again));
    job = await expectAsModel(bench, job, cancelingWrite(job, now));
    await expectAsModel(bench, job, endWrite(job, { status: 'canceled' }, now));
  });

  it('does an end with its verdict as the model does', async () => {
    const job = await claimedJob(bench);
    const merged = {
      text: 'Então 🧩',
      language: 'pt',
      strategy: 'consensus' as const,
      merger: null,
      providers: [PROVIDER],
      agreement: { score: 0.1 + 0.2, method: 'similarity', n: 2 },
      dissent: [{ providers: ['size'], claim: '' }],
      fallback_reason: null,
    };
    const verdict = {
      considered: [PROVIDER, 'size'],
      filtered: { size: '' },
      quorumGot: 1,
      degraded: true,
      merged,
    };
    const ended = await expectAsModel(
      bench,
      job,
      endWrite(job, { status: 'succeeded', verdict }, bench.clock.now()),
    );
    expect(ended).toMatchObject({ webhook: { state: 'pending' }, fence: job.fence + 1, merged });
    expect(ended).not.toHaveProperty('owner');
  });

  it('refuses a write whose fence has passed, and shows what stands there', async () => {
    const job = await claimedJob(bench);
    const released = await expectAsModel(bench, job, releaseWrite(job, bench.clock.now()));
    const late = endWrite(job, { status: 'failed' }, bench.clock.now());
    expect(await bench.store.writeJob(late)).toEqual({ applied: false, job: released });
  });

  it('refuses a write whose status has passed though its fence stands', async () => {
    const job = await claimedJob(bench);
    const canceling = await expectAsModel(bench, job, cancelingWrite(job, bench.clock.now()));
    const write = mergingWrite(job, {});
    expect(await bench.store.writeJob(write)).toEqual({ applied: false, job: canceling });
  });

  it('keeps the first answer of a provider', async () => {
    const job = await claimedJob(bench);
    const attempt = someAttempt(PROVIDER, bench.clock.now(), { outcome: 'ok' });
    const first = someAnswer('first-try_1', 1, 'first');
    const kept = await expectAsModel(bench, job, answerWrite(job.id, first, attempt));
    const second = answerWrite(job.id, { ...first, text: 'second' }, attempt);
    expect(await bench.store.writeJob(second)).toEqual({ applied: false, job: kept });
  });

  it('takes a zombie’s answer after the end, for a call that the ledger has', async () => {
    const job = await claimedJob(bench);
    const ended = await expectAsModel(bench, job, endWrite(job, { status: 'failed' }, bench.clock.now()));
    const attempt = someAttempt(PROVIDER, 1, { outcome: 'ok' });
    const answer = someAnswer('first-try_1', 1);
    const unknown = answerWrite(job.id, { ...answer, attempt: 'never counted' }, attempt);
    expect((await bench.store.writeJob(unknown)).applied).toBe(false);
    await expectAsModel(bench, ended, answerWrite(job.id, answer, attempt));
  });

  it('judges each kind of condition', async () => {
    const job = await claimedJob(bench);
    const nothing = { id: job.id, set: [], remove: [], revise: true };
    const holds = async (...require: JobWrite['require']) =>
      (await bench.store.writeJob({ ...nothing, require })).applied;
    expect(await holds(oneOf(['status'], ['queued', 'running']))).toBe(true);
    expect(await holds(oneOf(['status'], ['queued', 'failed']))).toBe(false);
    expect(await holds(oneOf(['fence'], [0, 1]))).toBe(true);
    expect(await holds(present('ledger', 'first-try_1'), absent('ledger', 'other'))).toBe(true);
    expect(await holds(absent('ledger', 'first-try_1'))).toBe(false);
    expect(await holds(present('answers', PROVIDER))).toBe(false);
    expect(await holds(present('webhook', 'state'), absent('merged'))).toBe(true);
    expect(await holds({ kind: 'equals', path: ['keyed'], value: false })).toBe(true);
    expect(await holds({ kind: 'equals', path: ['keyed'], value: true })).toBe(false);
  });

  it('writes no tombstone', async () => {
    const job = await claimedJob(bench);
    const bury: JobWrite = { id: job.id, require: [], set: [[['deleted'], true]], remove: [], revise: true };
    const buried = await expectAsModel(bench, job, bury);
    expect(await bench.store.writeJob({ ...bury, set: [[['fence'], 9]] })).toEqual({
      applied: false,
      job: buried,
    });
  });

  it('lets one of two claims win', async () => {
    const { store, clock } = bench;
    for (let round = 0; round < 10; round += 1) {
      const job = someJob(clock);
      await store.createJob(job);
      const claim = { now: clock.now(), dueAt: clock.now(), attempts: {} };
      const claims = ['a', 'b'].map((owner) => store.writeJob(claimWrite(job, { ...claim, owner })));
      const won = (await Promise.all(claims)).map(({ applied }) => applied);
      expect(won.filter(Boolean)).toHaveLength(1);
      expect((await store.getJob(job.id))?.owner).toBe(won[0] ? 'a' : 'b');
    }
  });

  it('loses none of many answers that arrive at once', async () => {
    const { store, clock } = bench;
    const panel = Array.from({ length: 8 }, (_, n) => ({ id: `p_${n}`, model: 'm' }));
    const job = someJob(clock, { panel });
    await store.createJob(job);
    const attempts = Object.fromEntries(panel.map(({ id }) => [id, someAttempt(id, 1)]));
    await store.writeJob(claimWrite(job, { owner: 'w', now: clock.now(), dueAt: clock.now(), attempts }));
    await Promise.all(
      panel.map(({ id }) =>
        store.writeJob(answerWrite(job.id, someAnswer(id, 1), someAttempt(id, 1, { outcome: 'ok' }))),
      ),
    );
    const read = await store.getJob(job.id);
    expect(Object.keys(read?.answers ?? {}).sort()).toEqual(panel.map(({ id }) => id));
    expect(read?.revision).toBe(2 + panel.length);
  });

  it('rejects, and changes nothing, where the place of a value does not exist', async () => {
    const job = someJob(bench.clock, { client: newId() });
    await bench.store.createJob(job);
    const write: JobWrite = {
      id: job.id,
      require: [],
      set: [[['webhook', 'state'], 'pending']],
      remove: [],
      revise: true,
    };
    await expect(bench.store.writeJob(write)).rejects.toThrow();
    expect(await bench.store.getJob(job.id)).toEqual(job);
  });
}
