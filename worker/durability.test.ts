import { describe, expect, it } from 'vitest';
import { formatJobMessage } from '../shared/contract/message.ts';
import { endWrite } from '../shared/job/ends.ts';
import { cancelingWrite, claimWrite } from '../shared/job/transitions.ts';
import { viewJob } from '../shared/job/view.ts';
import { type Queue, QueueUnavailableError } from '../shared/ports/queue.ts';
import { type Store, StoreUnavailableError } from '../shared/ports/store.ts';
import { answering, failing } from './testing/scripted-provider.ts';
import { TokenBucketProvider } from './testing/token-bucket-provider.ts';
import { VISIBILITY_SECONDS, WorkerBench } from './testing/worker-bench.ts';

const TEXT = 'A VPC endpoint keeps traffic inside the network of AWS.';

/** A worker's death, as the others see it: from now on nothing of it reaches store or queue. */
function mortal<T extends object>(port: T): { port: T; kill: () => void } {
  let dead = false;
  const killed = new Proxy(port, {
    get: (target, name) => {
      const member = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return (...args: unknown[]) => (dead ? new Promise(() => {}) : member.apply(target, args));
    },
  });
  return {
    port: killed,
    kill: () => {
      dead = true;
    },
  };
}

/** Fails the calls of one method while `broken` says so. */
function faulty<T extends object>(port: T, method: keyof T, error: Error, state: { broken: boolean }): T {
  return new Proxy(port, {
    get: (target, name) => {
      const member = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return (...args: unknown[]) =>
        state.broken && name === method ? Promise.reject(error) : member.apply(target, args);
    },
  });
}

describe('redelivery', () => {
  it('failure mode 3: of an ended job, it deletes the message and calls nobody', async () => {
    await using bench = new WorkerBench();
    await bench.start();
    const id = await bench.submit();
    await bench.end(id);
    const calls = bench.providers.map(({ calls }) => calls);
    await bench.queue.send(formatJobMessage({ jobId: id }));
    await bench.clock.advance(3000);
    expect(bench.providers.map(({ calls }) => calls)).toEqual(calls);
    expect(await bench.empty()).toBe(true);
  });

  it('of a job that runs here joins the run: both messages go with it', async () => {
    await using bench = new WorkerBench();
    for (const provider of bench.providers) provider.script(answering(TEXT, 5000));
    await bench.start();
    const id = await bench.submit();
    await bench.clock.advance(1000);
    await bench.queue.send(formatJobMessage({ jobId: id }));
    await bench.end(id);
    await bench.clock.advance(100);
    expect(bench.providers.map(({ calls }) => calls)).toEqual([1, 1, 1]);
    expect(await bench.empty()).toBe(true);
  });

  it('to another worker leaves a live owner its job', async () => {
    await using bench = new WorkerBench();
    for (const provider of bench.providers) provider.script(answering(TEXT, 40_000));
    await bench.start();
    const id = await bench.submit();
    await bench.clock.advance(1000);
    const { owner } = await bench.job(id);
    await bench.start();
    await bench.queue.send(formatJobMessage({ jobId: id }));
    await bench.clock.advance(20_000);
    expect(await bench.job(id)).toMatchObject({ owner, claims: 1 });
    await bench.end(id);
    expect(bench.providers.map(({ calls }) => calls)).toEqual([1, 1, 1]);
  });

  it('drops an id that does not exist', async () => {
    await using bench = new WorkerBench();
    await bench.start();
    await bench.queue.send(formatJobMessage({ jobId: 'f'.repeat(32) }));
    await bench.clock.advance(1000);
    expect(await bench.empty()).toBe(true);
  });
});

describe('a malformed message', () => {
  it.each([
    ['not json', 'not JSON'],
    ['{"v":2,"job_id":"00000000000000000000000000000001"}', 'v:'],
    ['{"v":1}', 'job_id:'],
    ['null', 'the body'],
  ])('failure mode 19: %s goes to the dead letters with its reason, and its batch mates succeed', async (body, reason) => {
    await using bench = new WorkerBench();
    await bench.queue.send(body);
    const id = await bench.submit();
    await bench.start();
    const job = await bench.end(id);
    expect(job.status).toBe('succeeded');
    expect(bench.queue.deadLetters).toEqual([{ body, reason: expect.stringContaining(reason) }]);
    expect(await bench.empty()).toBe(true);
  });
});

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

describe('a queue that hands out no more while too many messages are held', () => {
  it('failure mode 14: the jobs end all the same, and few messages are ever held', async () => {
    const cap = 5;
    let most = 0;
    await using bench = new WorkerBench({
      config: { concurrency: 3 },
      wrapQueue: (queue) =>
        new Proxy(queue, {
          get: (target, name) => {
            if (name !== 'receive') {
              const member = Reflect.get(target, name);
              return typeof member === 'function' ? member.bind(target) : member;
            }
            return async (max: number, waitSeconds: number, visibilitySeconds: number) => {
              const { inFlight } = await target.depth();
              most = Math.max(most, inFlight);
              if (inFlight >= cap) return [];
              return target.receive(Math.min(max, cap - inFlight), waitSeconds, visibilitySeconds);
            };
          },
        }),
    });
    await bench.start();
    const ids = await Promise.all(Array.from({ length: 30 }, () => bench.submit()));
    for (const id of ids) expect((await bench.end(id)).status).toBe('succeeded');
    expect(most).toBeLessThanOrEqual(3);
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

describe('cancel', () => {
  it('ends the calls under way and the job', async () => {
    await using bench = new WorkerBench();
    for (const provider of bench.providers) provider.script(answering(TEXT, 'never'));
    await bench.start();
    const id = await bench.submit();
    await bench.clock.advance(1000);
    await bench.store.writeJob(cancelingWrite(await bench.job(id), bench.clock.now()));
    const job = await bench.end(id);
    expect(job.status).toBe('canceled');
    expect(job.fence).toBe(2);
    expect(bench.providers.map(({ aborted }) => aborted)).toEqual([1, 1, 1]);
    await bench.clock.advance(500);
    expect(viewJob(await bench.job(id)).ledger.calls).toMatchObject([
      { outcome: 'aborted', possibly_billed: true },
      { outcome: 'aborted', possibly_billed: true },
      { outcome: 'aborted', possibly_billed: true },
    ]);
    expect(await bench.empty()).toBe(true);
  });

  it('of a job without a living worker is carried out by the sweeper', async () => {
    await using bench = new WorkerBench();
    const id = await bench.submit({ send: false });
    const queued = await bench.job(id);
    await bench.store.writeJob(
      claimWrite(queued, { owner: 'dead', now: bench.clock.now(), dueAt: queued.deadline_at, attempts: {} }),
    );
    await bench.store.writeJob(cancelingWrite(await bench.job(id), bench.clock.now()));
    await bench.start();
    expect((await bench.end(id, 10_000)).status).toBe('canceled');
  });
});

describe('shutdown', () => {
  it('lets a job that ends within the budget end', async () => {
    await using bench = new WorkerBench();
    for (const provider of bench.providers) provider.script(answering(TEXT, 1500));
    const worker = await bench.start();
    const id = await bench.submit();
    await bench.clock.advance(500);
    const stopped = worker.stop();
    const job = await bench.end(id, 3000);
    await stopped;
    expect(job.status).toBe('succeeded');
  });

  it('failure mode 7: gives the others back at once: the claim does not count, finished providers stay finished', async () => {
    await using bench = new WorkerBench();
    bench.provider('beta').script(answering(TEXT, 'never'), answering(TEXT));
    bench.provider('gamma').script(answering(TEXT, 'never'), answering(TEXT));
    const worker = await bench.start();
    const id = await bench.submit({ mode: 'thorough' });
    await bench.clock.advance(1000);
    let stopped = false;
    void worker.stop().then(() => {
      stopped = true;
    });
    await bench.clock.until(() => stopped, 5000);
    const released = await bench.job(id);
    expect(released).toMatchObject({ status: 'running', claims: 0 });
    expect(released.owner).toBeUndefined();
    expect((await bench.queue.depth()).visible).toBe(1);
    await bench.start();
    const job = await bench.end(id, 5000);
    expect(job.status).toBe('succeeded');
    expect(bench.providers.map(({ calls }) => calls)).toEqual([1, 2, 2]);
  });
});

describe('the sweeper', () => {
  it('sends a job again whose message was lost', async () => {
    await using bench = new WorkerBench();
    await bench.start();
    const id = await bench.submit({ send: false });
    const job = await bench.end(id, 60_000);
    expect(job.status).toBe('succeeded');
  });

  it('sends every open job again at an embedded start', async () => {
    await using bench = new WorkerBench({ config: { embeddedStart: true } });
    const id = await bench.submit({ send: false });
    await bench.start();
    expect((await bench.end(id, 3000)).status).toBe('succeeded');
  });

  it('ends what passed its deadline unclaimed as expired, and nothing is called', async () => {
    await using bench = new WorkerBench();
    const id = await bench.submit({ deadlineSeconds: 5 });
    await bench.clock.advance(8000);
    await bench.start();
    const job = await bench.end(id, 10_000);
    expect(job.status).toBe('expired');
    expect(bench.providers.map(({ calls }) => calls)).toEqual([0, 0, 0]);
    expect(await bench.empty()).toBe(true);
  });

  it('leaves alone what somebody else has ended in between', async () => {
    await using bench = new WorkerBench();
    const id = await bench.submit({ send: false, deadlineSeconds: 5 });
    await bench.store.writeJob(endWrite(await bench.job(id), { status: 'canceled' }, bench.clock.now()));
    await bench.start();
    await bench.clock.advance(20_000);
    expect((await bench.job(id)).status).toBe('canceled');
  });
});

describe('a provider that limits the rate', () => {
  it.each([
    { perSecond: 2, burst: 5, saysWhen: true },
    { perSecond: 2, burst: 5, saysWhen: false },
    { perSecond: 20, burst: 20, saysWhen: true },
  ])('failure mode 18: is not met with a storm: %o', async (options) => {
    let bucket: TokenBucketProvider | undefined;
    await using bench = new WorkerBench({
      providers: (clock) => {
        bucket = new TokenBucketProvider('alpha', clock, options);
        return [bucket];
      },
      config: { concurrency: 40, providerConcurrency: 64 },
    });
    await bench.start();
    const ids = await Promise.all(Array.from({ length: 100 }, () => bench.submit()));
    for (const id of ids) expect((await bench.end(id)).status).toBe('succeeded');
    expect(bucket?.admitted).toBe(100);
    expect(bucket?.calls).toBeLessThanOrEqual(120);
  });
});

describe('breakers', () => {
  it('fail a job fast where a key is wrong, without a second call', async () => {
    await using bench = new WorkerBench();
    for (const provider of bench.providers) provider.script(failing('auth', { retryable: false }));
    await bench.start();
    await bench.end(await bench.submit());
    const second = await bench.end(await bench.submit());
    expect(viewJob(second).providers[0]?.error?.code).toBe('breaker_open');
    expect(bench.providers.map(({ calls }) => calls)).toEqual([1, 1, 1]);
  });
});
