import { describe, expect, it } from 'vitest';
import { absent, type JobWrite } from '../shared/job/job-write.ts';
import type { JobRecord, StoredAnswer } from '../shared/job/record.ts';
import { viewJob } from '../shared/job/view.ts';
import type { Store } from '../shared/ports/store.ts';
import { answering, failing, ScriptedProvider } from './testing/scripted-provider.ts';
import { WorkerBench } from './testing/worker-bench.ts';

const TEXT = 'With a VPC endpoint, traffic stays inside the AWS network.';

/** The store, whose every write of a job is shown first. */
function watchingWrites(store: Store, watch: (write: JobWrite) => unknown): Store {
  return new Proxy(store, {
    get: (target, name) => {
      const member = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      if (name !== 'writeJob') return member.bind(target);
      return async (write: JobWrite, known?: JobRecord) => {
        await watch(write);
        return target.writeJob(write, known);
      };
    },
  });
}

describe('a job from the queue to its end', () => {
  it('asks the whole panel, merges, ends the job and deletes the message', async () => {
    await using bench = new WorkerBench();
    await bench.start();
    const job = await bench.end(await bench.submit());
    expect(viewJob(job)).toMatchObject({
      status: 'succeeded',
      degraded: false,
      quorum: { required: 2, got: 3 },
    });
    expect(job.merged?.agreement?.n).toBe(3);
    expect(bench.providers.map(({ calls }) => calls)).toEqual([1, 1, 1]);
    expect(await bench.empty()).toBe(true);
    expect(viewJob(job).ledger.calls.map(({ outcome }) => outcome)).toEqual(['ok', 'ok', 'ok']);
  });

  it('stores the last answer and the end that stands on it in one write', async () => {
    const writes: JobWrite[] = [];
    await using bench = new WorkerBench({
      wrapStore: (store) => watchingWrites(store, (write) => writes.push(write)),
    });
    for (const [index, provider] of bench.providers.entries())
      provider.script(answering(TEXT, 100 * (index + 1)));
    await bench.start();
    await bench.end(await bench.submit());
    const fields = writes.map(({ set }) => set.map(([[field]]) => field));
    expect(fields.map((written) => written.includes('answers'))).toEqual([false, true, true, true]);
    expect(fields.map((written) => written.includes('merged'))).toEqual([false, false, false, true]);
  });

  it('ends on the answer that is stored, where a former owner was quicker with its own', async () => {
    const theirs: StoredAnswer = {
      attempt: 'alpha:0',
      outcome: 'ok',
      text: 'What the former owner was told.',
      language: 'en',
      finish: 'stop',
      latency_ms: 1,
      usage: null,
      cost: { usd: null, priced: false },
      at: 0,
    };
    await using bench = new WorkerBench({
      wrapStore: (store) =>
        watchingWrites(store, async ({ id, set }) => {
          if (!set.some(([[field]]) => field === 'merged')) return;
          const require = [absent('answers', 'alpha')];
          await store.writeJob({
            id,
            require,
            set: [[['answers', 'alpha'], theirs]],
            remove: [],
            revise: true,
          });
        }),
    });
    await bench.start();
    const job = await bench.end(await bench.submit({ panel: [{ id: 'alpha', model: 'alpha-model' }] }));
    expect(job.merged?.text).toBe(theirs.text);
    expect(job.answers.alpha?.attempt).toBe('alpha:0');
    expect(job.ledger['alpha:1']?.outcome).toBe('ok');
  });

  it('has a merging model synthesize, and says which', async () => {
    await using bench = new WorkerBench();
    bench
      .provider('alpha')
      .script(answering('Traffic stays inside.'), answering('A merged answer about VPC endpoints.'));
    await bench.start();
    const job = await bench.end(await bench.submit({ strategy: 'synthesis' }));
    expect(job.merged).toMatchObject({
      text: 'A merged answer about VPC endpoints.',
      strategy: 'synthesis',
      merger: 'alpha',
    });
    expect(viewJob(job).ledger.calls.filter(({ purpose }) => purpose === 'merge')).toMatchObject([
      { provider: 'alpha', outcome: 'ok' },
    ]);
  });

  it('falls from merger to merger to the consensus, and says why', async () => {
    await using bench = new WorkerBench();
    for (const provider of bench.providers) {
      provider.script(answering('A VPC endpoint keeps traffic inside AWS.'), failing('overloaded'));
    }
    await bench.start();
    const job = await bench.end(await bench.submit({ strategy: 'synthesis' }));
    expect(job.status).toBe('succeeded');
    expect(job.merged).toMatchObject({ strategy: 'consensus', merger: null });
    expect(job.merged?.fallback_reason).toContain('alpha: overloaded');
    expect(Object.values(job.ledger).filter(({ purpose }) => purpose === 'merge')).toHaveLength(3);
  });

  it('retries what may be retried, and never a provider that has answered', async () => {
    await using bench = new WorkerBench();
    bench.provider('beta').script(failing('overloaded'), answering('Traffic stays inside the AWS network.'));
    await bench.start();
    const job = await bench.end(await bench.submit({ mode: 'thorough' }));
    expect(bench.providers.map(({ calls }) => calls)).toEqual([1, 2, 1]);
    expect(viewJob(job).providers.map(({ state, attempts }) => [state, attempts])).toEqual([
      ['answered', 1],
      ['answered', 2],
      ['answered', 1],
    ]);
  });

  it('stops calling at the attempt cap', async () => {
    await using bench = new WorkerBench();
    bench.provider('beta').script(failing('overloaded'));
    await bench.start();
    const job = await bench.end(await bench.submit({ mode: 'thorough' }));
    expect(bench.provider('beta').calls).toBe(3);
    expect(viewJob(job).providers[1]).toMatchObject({ state: 'failed', error: { code: 'overloaded' } });
  });

  it('ends as failed, naming each reason, where nothing was usable', async () => {
    await using bench = new WorkerBench();
    bench.provider('alpha').script(failing('auth', { retryable: false }));
    bench.provider('beta').script(failing('quota_exhausted', { retryable: false }));
    bench.provider('gamma').script(answering("I'm sorry, but I can't help with that."));
    await bench.start();
    const job = await bench.end(await bench.submit());
    expect(job).toMatchObject({ status: 'failed', error: { code: 'no_usable_answer' } });
    expect(job.error?.message).toContain('alpha: auth, beta: quota_exhausted, gamma: refusal');
  });

  it('is degraded below the quorum', async () => {
    await using bench = new WorkerBench();
    bench.provider('alpha').script(failing('auth', { retryable: false }));
    bench.provider('beta').script(failing('auth', { retryable: false }));
    await bench.start();
    const job = await bench.end(await bench.submit());
    expect(viewJob(job)).toMatchObject({
      status: 'succeeded',
      degraded: true,
      quorum: { required: 2, got: 1 },
      agreement: null,
      aggregator: { merger: null },
    });
  });
});

describe('how long a job waits', () => {
  const slow = (bench: WorkerBench) =>
    bench.provider('gamma').script(answering('A late word on VPC endpoints.', 20_000));

  it('fast: ends with the first usable answer, and keeps the late ones', async () => {
    await using bench = new WorkerBench();
    bench.provider('beta').script(answering('Traffic stays inside AWS.', 2000));
    slow(bench);
    await bench.start();
    const id = await bench.submit({ mode: 'fast' });
    const job = await bench.end(id);
    expect(viewJob(job).providers.map(({ state }) => state)).toEqual([
      'answered',
      'outcome_unknown',
      'outcome_unknown',
    ]);
    await bench.clock.advance(25_000);
    const later = viewJob(await bench.job(id));
    expect(later.providers.map(({ state }) => state)).toEqual(['answered', 'late', 'late']);
    expect(later.answer).toEqual(viewJob(job).answer);
    expect(later.revision).toBeGreaterThan(job.revision);
  });

  it('balanced: waits a grace after the quorum, not for the straggler', async () => {
    await using bench = new WorkerBench();
    slow(bench);
    await bench.start();
    const job = await bench.end(await bench.submit());
    expect((job.finished_at ?? 0) - job.created_at).toBeLessThan(2500);
    expect(job.considered).toEqual(['alpha', 'beta']);
  });

  it('thorough: waits for everybody', async () => {
    await using bench = new WorkerBench();
    slow(bench);
    await bench.start();
    const job = await bench.end(await bench.submit({ mode: 'thorough' }));
    expect(job.considered).toEqual(['alpha', 'beta', 'gamma']);
  });

  it('failure mode 11: ends before its deadline with what is there, and what hangs is really stopped', async () => {
    await using bench = new WorkerBench();
    bench.provider('beta').script(answering('never', 'never'));
    bench.provider('gamma').script(answering('never', 'never'));
    await bench.start();
    const id = await bench.submit({ deadlineSeconds: 20 });
    const job = await bench.end(id);
    expect(viewJob(job)).toMatchObject({ status: 'succeeded', degraded: true });
    expect(job.finished_at).toBeLessThan(job.deadline_at);
    await bench.clock.advance(10_000);
    expect(bench.provider('beta').aborted).toBe(1);
    expect(viewJob(await bench.job(id)).ledger.calls.map(({ outcome }) => outcome)).toEqual([
      'ok',
      'timeout',
      'timeout',
    ]);
  });

  it('STRAGGLERS=abort stops them instead, marked as possibly billed', async () => {
    await using bench = new WorkerBench({ config: { stragglers: 'abort' } });
    slow(bench);
    await bench.start();
    const id = await bench.submit();
    await bench.end(id);
    await bench.clock.advance(500);
    expect(bench.provider('gamma').aborted).toBe(1);
    expect(viewJob(await bench.job(id)).ledger.calls[2]).toMatchObject({
      outcome: 'aborted',
      possibly_billed: true,
    });
  });

  it('gives its slot back where the only provider says "much later"', async () => {
    const only = (clock: WorkerBench['clock']) => [
      new ScriptedProvider(
        'alpha',
        clock,
        failing('rate_limited', { retryAfterMs: 40_000 }),
        answering('Later, then.'),
      ),
    ];
    await using bench = new WorkerBench({ providers: only });
    const worker = await bench.start();
    const id = await bench.submit();
    await bench.clock.advance(5000);
    const parked = await bench.job(id);
    expect(parked).toMatchObject({ status: 'running', claims: 0 });
    expect(parked.owner).toBeUndefined();
    expect(viewJob(parked).providers[0]).toMatchObject({ state: 'waiting', error: { code: 'rate_limited' } });
    const job = await bench.end(id);
    expect(job.status).toBe('succeeded');
    expect(bench.provider('alpha').calls).toBe(2);
    expect(worker.isReady()).toBe(true);
  });
});
