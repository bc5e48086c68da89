import { describe, expect, it } from 'vitest';
import { formatJobMessage } from '../shared/contract/message.ts';
import { answering } from './testing/scripted-provider.ts';
import { WorkerBench } from './testing/worker-bench.ts';

const TEXT = 'A VPC endpoint keeps traffic inside the network of AWS.';

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
