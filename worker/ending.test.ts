import { describe, expect, it } from 'vitest';
import { endWrite } from '../shared/job/ends.ts';
import { cancelingWrite, claimWrite } from '../shared/job/transitions.ts';
import { viewJob } from '../shared/job/view.ts';
import { StoreUnavailableError } from '../shared/ports/store.ts';
import { faulty } from './testing/faults.ts';
import { answering } from './testing/scripted-provider.ts';
import { WorkerBench } from './testing/worker-bench.ts';

const TEXT = 'A VPC endpoint keeps traffic inside the network of AWS.';

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

  it('does not wait for a store that is away', async () => {
    const away = { broken: false };
    const error = new StoreUnavailableError('writing', new Error('away'));
    await using bench = new WorkerBench({ wrapStore: (store) => faulty(store, 'writeJob', error, away) });
    for (const provider of bench.providers) provider.script(answering(TEXT, 'never'));
    const worker = await bench.start();
    const id = await bench.submit({ mode: 'thorough', deadlineSeconds: 900 });
    await bench.clock.advance(1000);
    away.broken = true;
    let stopped = false;
    void worker.stop().then(() => {
      stopped = true;
    });
    await bench.clock.until(() => stopped, 20_000);
    expect(stopped).toBe(true);
    away.broken = false;
    await bench.start();
    for (const provider of bench.providers) provider.script(answering(TEXT));
    expect((await bench.end(id)).status).toBe('succeeded');
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

  it('does not take the life of an owner for a message that it sent', async () => {
    await using bench = new WorkerBench();
    for (const provider of bench.providers) provider.script(answering(TEXT, 'never'));
    await bench.start();
    const id = await bench.submit({ deadlineSeconds: 300 });
    await bench.clock.advance(200_000);
    expect(await bench.store.getJob(id)).toMatchObject({ status: 'running', resends: 0 });
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
