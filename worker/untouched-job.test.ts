import { describe, expect, it } from 'vitest';
import { formatJobMessage } from '../shared/contract/message.ts';
import { messageOf } from '../shared/job/untouched-job.ts';
import type { Store } from '../shared/ports/store.ts';
import { WorkerBench } from './testing/worker-bench.ts';

/** Notes in `asked` what workers ask of the store about single jobs, in order. */
function noting(asked: string[]): { wrapStore: (store: Store) => Store } {
  const wrapStore = (store: Store): Store =>
    new Proxy(store, {
      get: (target, name) => {
        const member = Reflect.get(target, name);
        if (name === 'getJob' || name === 'writeJob') asked.push(name);
        return typeof member === 'function' ? member.bind(target) : member;
      },
    });
  return { wrapStore };
}

describe('the message of a job that is as it was put', () => {
  it('spares the read before the claim', async () => {
    const asked: string[] = [];
    await using bench = new WorkerBench(noting(asked));
    await bench.start();
    const job = await bench.end(await bench.submit());
    expect(job).toMatchObject({ status: 'succeeded', claims: 1 });
    expect(asked[0]).toBe('writeJob');
    expect(asked).not.toContain('getJob');
  });

  it('spares nothing where the message comes again', async () => {
    const asked: string[] = [];
    await using bench = new WorkerBench(noting(asked));
    const id = await bench.submit();
    const [delivery] = await bench.queue.receive(1, 0, 1);
    expect(delivery?.receiveCount).toBe(1);
    await bench.clock.advance(1000);
    await bench.start();
    expect((await bench.end(id)).status).toBe('succeeded');
    expect(asked[0]).toBe('getJob');
  });

  it.each([
    ['what cannot be read', { create_token: 7 }],
    ['nothing', undefined],
  ])('is as good where it tells %s', async (_, untouched) => {
    const asked: string[] = [];
    await using bench = new WorkerBench(noting(asked));
    const id = await bench.submit({ send: false });
    await bench.queue.send(JSON.stringify({ v: 1, job_id: id, untouched }));
    await bench.start();
    expect((await bench.end(id)).status).toBe('succeeded');
    expect(asked[0]).toBe('getJob');
  });

  it('takes no job that was put under its id since', async () => {
    await using bench = new WorkerBench();
    const id = await bench.submit({ createToken: 'first' });
    await bench.store.deleteUnclaimedJob(id);
    const { id: other } = await bench.job(await bench.submit({ send: false, createToken: 'second' }));
    const [alpha] = bench.providers;
    const second = { ...(await bench.job(other)), pk: `JOB#${id}`, id };
    await bench.store.createJob({ ...second, panel: [{ id: alpha?.id ?? '', model: alpha?.model ?? '' }] });
    await bench.start();
    const job = await bench.end(id);
    expect(Object.values(job.ledger).map(({ provider }) => provider)).toEqual(['alpha']);
    expect(bench.providers.map(({ calls }) => calls)).toEqual([1, 0, 0]);
  });

  it('calls no provider whose answer it does not know of', async () => {
    await using bench = new WorkerBench();
    await bench.start();
    const { answers } = await bench.end(await bench.submit());
    const calls = bench.providers.map((provider) => provider.calls);
    const { id: put } = await bench.job(await bench.submit({ send: false }));
    const id = '1'.repeat(32);
    const job = { ...(await bench.job(put)), pk: `JOB#${id}`, id, answers };
    await bench.store.createJob(job);
    const untouched = { create_token: job.create_token, deadline_at: job.deadline_at, panel: job.panel };
    await bench.queue.send(formatJobMessage({ jobId: id, untouched }));
    const { status, ledger } = await bench.end(id);
    expect([status, ledger]).toEqual(['succeeded', {}]);
    expect(bench.providers.map((provider) => provider.calls)).toEqual(calls);
  });

  it('calls nobody for one that was deleted since', async () => {
    await using bench = new WorkerBench();
    const id = await bench.submit();
    await bench.store.deleteUnclaimedJob(id);
    await bench.start();
    await bench.clock.advance(3000);
    expect(await bench.empty()).toBe(true);
    expect(bench.providers.map(({ calls }) => calls)).toEqual([0, 0, 0]);
  });
});

describe('a message', () => {
  it('tells nothing of a job that somebody has touched, or that has answers of another', async () => {
    await using bench = new WorkerBench();
    const job = await bench.job(await bench.submit({ send: false }));
    expect(messageOf(job).untouched).toEqual({
      create_token: job.create_token,
      deadline_at: job.deadline_at,
      panel: job.panel,
    });
    await bench.start();
    const { answers } = await bench.end(await bench.submit());
    for (const change of [{ revision: 2 }, { fence: 1 }, { answers }]) {
      expect(messageOf({ ...job, ...change })).toEqual({ jobId: job.id });
    }
  });

  it('is ASCII, whatever a model is called', async () => {
    await using bench = new WorkerBench();
    const job = await bench.job(
      await bench.submit({ send: false, panel: [{ id: 'alpha', model: 'modèle-😀' }] }),
    );
    const body = formatJobMessage(messageOf(job));
    expect(body).toMatch(/^[\x20-\x7e]*$/);
    expect(JSON.parse(body).untouched.panel).toEqual(job.panel);
  });
});
