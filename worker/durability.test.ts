import { describe, expect, it } from 'vitest';
import { claimWrite } from '../shared/job/transitions.ts';
import { viewJob } from '../shared/job/view.ts';
import { type Queue, QueueUnavailableError } from '../shared/ports/queue.ts';
import { type Store, StoreUnavailableError } from '../shared/ports/store.ts';
import { faulty, mortal } from './testing/faults.ts';
import { answering } from './testing/scripted-provider.ts';
import { VISIBILITY_SECONDS, WorkerBench } from './testing/worker-bench.ts';

const TEXT = 'A VPC endpoint keeps traffic inside the network of AWS.';

describe('the death of a worker', () => {
  it('failure mode 6: in mid-job, another finishes it and calls no provider again that has answered', async () => {
    await using bench = new WorkerBench();
    bench.provider('gamma').script(answering(TEXT, 10_000), answering(TEXT, 500));
    const store = mortal<Store>(bench.store);
    const queue = mortal<Queue>(bench.queue);
    const dying = bench.unmanagedWorker({ wrapStore: () => store.port, wrapQueue: () => queue.port });
    await dying.start();
    const id = await bench.submit({ mode: 'thorough' });
    await bench.clock.advance(1000);
    expect(Object.keys((await bench.job(id)).answers)).toEqual(['alpha', 'beta']);
    store.kill();
    queue.kill();
    await bench.start();
    const killedAt = bench.clock.monotonic();
    const job = await bench.end(id);
    expect(job).toMatchObject({ status: 'succeeded', claims: 2 });
    expect(bench.clock.monotonic() - killedAt).toBeLessThan((VISIBILITY_SECONDS + 5) * 1000);
    expect(bench.providers.map(({ calls }) => calls)).toEqual([1, 1, 2]);
    expect(viewJob(job).ledger.calls.map(({ outcome }) => outcome)).toEqual([
      'ok',
      'ok',
      'outcome_unknown',
      'ok',
    ]);
  });

  it('failure mode 19: again and again, the job ends as poison', async () => {
    await using bench = new WorkerBench({ config: { attemptCap: 10 } });
    for (const provider of bench.providers) provider.script(answering(TEXT, 'never'));
    const id = await bench.submit({ deadlineSeconds: 900 });
    for (let life = 0; life < 5; life += 1) {
      const store = mortal<Store>(bench.store);
      const queue = mortal<Queue>(bench.queue);
      const worker = bench.unmanagedWorker({ wrapStore: () => store.port, wrapQueue: () => queue.port });
      await worker.start();
      await bench.clock.advance((VISIBILITY_SECONDS + 2) * 1000);
      store.kill();
      queue.kill();
    }
    await bench.start();
    const job = await bench.end(id);
    expect(job).toMatchObject({ status: 'failed', error: { code: 'poison' }, claims: 5 });
    expect(bench.providers.map(({ calls }) => calls)).toEqual([5, 5, 5]);
    expect(await bench.empty()).toBe(true);
  });

  it('failure mode 19: those that die with such a job, time after time, succeed all the same', async () => {
    await using bench = new WorkerBench({ config: { attemptCap: 10 } });
    for (const provider of bench.providers) provider.script(answering(TEXT, 1000));
    const isCalled = () => bench.providers.some(({ prompts }) => prompts.some(({ user }) => user === 'Kill'));
    const mates = [
      await bench.submit({ deadlineSeconds: 900 }),
      await bench.submit({ deadlineSeconds: 900 }),
    ];
    const killer = await bench.submit({ question: 'Kill', deadlineSeconds: 900 });
    mates.push(await bench.submit({ deadlineSeconds: 900 }));
    const ids = [killer, ...mates];
    while ((await bench.store.getJobs(ids)).some((job) => job?.finished_at === undefined)) {
      const store = mortal<Store>(bench.store);
      const queue = mortal<Queue>(bench.queue);
      for (const provider of bench.providers) provider.prompts.length = 0;
      await bench.unmanagedWorker({ wrapStore: () => store.port, wrapQueue: () => queue.port }).start();
      for (let turn = 0; turn < 4000 && !isCalled(); turn += 1) await bench.clock.advance(25);
      store.kill();
      queue.kill();
    }
    const ends = (await bench.store.getJobs(ids)).map((job) => job?.error?.code ?? job?.status);
    expect(ends).toEqual(['poison', 'succeeded', 'succeeded', 'succeeded']);
  });
});

describe('a zombie', () => {
  it('decides nothing any more, and its paid answer is kept', async () => {
    await using bench = new WorkerBench();
    bench.provider('alpha').script(answering('The answer of the zombie: traffic stays inside AWS.', 1500));
    bench.provider('beta').script(answering(TEXT, 'never'));
    bench.provider('gamma').script(answering(TEXT, 'never'));
    await bench.start();
    const id = await bench.submit({ mode: 'thorough' });
    await bench.clock.advance(1000);
    const before = await bench.job(id);
    const stolen = await bench.store.writeJob(
      claimWrite(before, { owner: 'thief', now: bench.clock.now(), dueAt: before.deadline_at, attempts: {} }),
    );
    expect(stolen.applied).toBe(true);
    await bench.clock.advance(4000);
    const after = await bench.job(id);
    expect(after).toMatchObject({ owner: 'thief', fence: before.fence + 1, status: 'running' });
    expect(after.answers.alpha?.text).toBe('The answer of the zombie: traffic stays inside AWS.');
    expect(bench.provider('beta').aborted).toBe(1);
  });

  it('failure mode 2: whose messages cannot be extended stops its calls before the queue hands them out', async () => {
    const outage = { broken: false };
    await using bench = new WorkerBench({
      wrapQueue: (queue) => faulty(queue, 'extend', new QueueUnavailableError('extending', 'test'), outage),
    });
    for (const provider of bench.providers) provider.script(answering(TEXT, 'never'));
    await bench.start();
    await bench.submit({ deadlineSeconds: 600 });
    await bench.clock.advance(1000);
    outage.broken = true;
    await bench.clock.advance(VISIBILITY_SECONDS * 1000 - 1000);
    expect(bench.providers.map(({ aborted }) => aborted)).toEqual([1, 1, 1]);
    outage.broken = false;
  });

  it('that cannot announce itself stops its calls before others may claim', async () => {
    const outage = { broken: false };
    await using bench = new WorkerBench({
      wrapStore: (store) =>
        faulty(store, 'putPresence', new StoreUnavailableError('announcing', 'test'), outage),
    });
    for (const provider of bench.providers) provider.script(answering(TEXT, 'never'));
    await bench.start();
    await bench.submit({ deadlineSeconds: 600 });
    await bench.clock.advance(1000);
    outage.broken = true;
    await bench.clock.advance(VISIBILITY_SECONDS * 1000 - 1000);
    expect(bench.providers.map(({ aborted }) => aborted)).toEqual([1, 1, 1]);
    outage.broken = false;
  });
});

describe('a live job', () => {
  it('failure mode 1: of many times the visibility, it is never owned twice', async () => {
    await using bench = new WorkerBench();
    for (const provider of bench.providers) provider.script(answering(TEXT, VISIBILITY_SECONDS * 4000));
    await bench.start();
    await bench.start();
    const job = await bench.end(await bench.submit({ deadlineSeconds: 600 }));
    expect(job).toMatchObject({ status: 'succeeded', claims: 1 });
    expect(bench.providers.map(({ calls }) => calls)).toEqual([1, 1, 1]);
  });
});

describe('a store that is away for a while', () => {
  it('costs no answer: what was paid for is kept when it is back', async () => {
    const outage = { broken: false };
    await using bench = new WorkerBench({
      wrapStore: (store) => faulty(store, 'writeJob', new StoreUnavailableError('writing', 'test'), outage),
    });
    for (const provider of bench.providers) provider.script(answering(TEXT, 3000));
    await bench.start();
    const id = await bench.submit();
    await bench.clock.advance(1000);
    outage.broken = true;
    await bench.clock.advance(5000);
    outage.broken = false;
    const job = await bench.end(id);
    expect(job).toMatchObject({ status: 'succeeded', quorum_got: 3 });
    expect(bench.providers.map(({ calls }) => calls)).toEqual([1, 1, 1]);
  });
});
