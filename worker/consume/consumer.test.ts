import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MemoryQueue } from '../../shared/adapters/memory/memory-queue.ts';
import { VirtualClock } from '../../shared/adapters/memory/virtual-clock.ts';
import { Consumer } from './consumer.ts';
import { Leases } from './leases.ts';
import { ack, type DeliveryOutcome, retryAfterMs } from './outcome.ts';

const VISIBILITY_SECONDS = 30;
const PATIENCE_MS = 25;

type Work = (body: string, lost: AbortSignal, clock: VirtualClock) => Promise<DeliveryOutcome>;

/** The body of a message is its milliseconds. */
const lastAsTold: Work = async (body, _lost, clock) => {
  await clock.sleep(Number(body));
  return ack;
};

function setUp(options: { concurrency: number; work: Work }) {
  const clock = new VirtualClock();
  const queue = new MemoryQueue(clock);
  const polls: { at: number; max: number }[] = [];
  const receive = queue.receive.bind(queue);
  queue.receive = (max, ...rest) => {
    polls.push({ at: clock.monotonic(), max });
    return receive(max, ...rest);
  };
  const errors: unknown[] = [];
  const onError = (_doing: string, error: unknown) => void errors.push(error);
  const common = { queue, clock, visibilitySeconds: VISIBILITY_SECONDS, onError };
  const leases = new Leases({ ...common, announce: async () => {} });
  let running = 0;
  let most = 0;
  const consumer = new Consumer({
    ...common,
    leases,
    concurrency: options.concurrency,
    pollSeconds: 1,
    onSettled: () => {},
    handle: async ({ body }, lost) => {
      most = Math.max(most, ++running);
      try {
        return { outcome: await options.work(body, lost, clock) };
      } finally {
        running -= 1;
      }
    },
  });
  const stop = async () => {
    let stopped = false;
    const stopping = consumer
      .stop()
      .then(() => consumer.idle())
      .then(() => leases.stop())
      .then(() => {
        stopped = true;
      });
    await clock.until(() => stopped);
    await stopping;
  };
  return { clock, queue, consumer, leases, errors, polls, stop, most: () => most };
}

describe('Consumer', () => {
  it('failure mode 10: never waits for a batch: long jobs hold their own slots only', async () => {
    const slots = 10;
    const times = Array.from({ length: 100 }, (_, index) => (index % 10 === 0 ? 10_000 : 200));
    const { clock, queue, consumer, leases, stop } = setUp({
      concurrency: slots,
      work: lastAsTold,
    });
    for (const ms of times) await queue.send(String(ms));
    await leases.start();
    consumer.start();
    const until = async () => {
      for (let depth = await queue.depth(); depth.visible + depth.inFlight > 0; depth = await queue.depth()) {
        await clock.advance(50);
      }
    };
    await until();
    // No schedule is shorter than its longest job, nor than all the work spread evenly.
    const idealMs = idealSchedule(times, slots);
    expect(clock.monotonic()).toBeLessThanOrEqual(idealMs * 1.05);
    await stop();
  });

  it('fills what comes free of many busy slots by few polls, at most 25 ms late', async () => {
    const times = fc.array(fc.integer({ min: 200, max: 2000 }), { minLength: 150, maxLength: 300 });
    await fc.assert(
      fc.asyncProperty(times, fc.integer({ min: 10, max: 120 }), async (jobs, slots) => {
        const ends: number[] = [];
        const { clock, queue, consumer, leases, polls, stop, most } = setUp({
          concurrency: slots,
          work: async (body, _lost, time) => {
            await time.sleep(Number(body));
            ends.push(time.monotonic());
            return ack;
          },
        });
        for (const ms of jobs) await queue.send(String(ms));
        await leases.start();
        consumer.start();
        await clock.until(() => ends.length === jobs.length);
        const wallMs = Math.max(...ends);
        const patienceMs = slots < 20 ? 0 : PATIENCE_MS;
        expect(wallMs).toBeLessThanOrEqual(
          idealSchedule(
            jobs.map((ms) => ms + patienceMs),
            slots,
          ),
        );
        expect(most()).toBe(slots);
        const enough = Math.min(10, Math.floor(slots / 10));
        const hasty = polls.filter(
          ({ at, max }, index) => max < enough && at < (polls[index - 1]?.at ?? 0) + PATIENCE_MS,
        );
        expect(hasty).toEqual([]);
        await stop();
        expect(clock.sleeping).toBe(0);
      }),
      { numRuns: 10 },
    );
  });

  it('receives nothing more once it stops while a free slot waits for others', async () => {
    const slots = 20;
    const { clock, queue, consumer, leases, polls, stop } = setUp({
      concurrency: slots,
      work: lastAsTold,
    });
    for (let index = 0; index <= slots; index += 1) await queue.send(index === 0 ? '500' : '5000');
    await leases.start();
    consumer.start();
    await clock.advance(501);
    expect(consumer.busySlots).toBe(slots - 1);
    const before = polls.length;
    await stop();
    expect(polls).toHaveLength(before);
    expect((await queue.depth()).visible).toBe(1);
    expect(clock.sleeping).toBe(0);
  });

  it('says for how long the queue has been silent, but not while all slots are busy', async () => {
    const { clock, queue, consumer, leases, stop } = setUp({
      concurrency: 2,
      work: async (_body, _lost, time) => {
        await time.sleep(100_000);
        return ack;
      },
    });
    await leases.start();
    consumer.start();
    await clock.advance(60_000);
    expect(consumer.queueSilentMs).toBeLessThanOrEqual(1000);
    await queue.send('x');
    await queue.send('y');
    await clock.advance(99_000);
    expect(consumer.queueSilentMs).toBe(0);
    const receive = queue.receive;
    queue.receive = () => Promise.reject(new Error('down'));
    await clock.advance(2000);
    expect(consumer.queueSilentMs).toBeLessThanOrEqual(2000);
    await clock.advance(60_000);
    expect(consumer.queueSilentMs).toBeGreaterThanOrEqual(60_000);
    queue.receive = receive;
    await clock.advance(2000);
    expect(consumer.queueSilentMs).toBeLessThanOrEqual(1000);
    await stop();
  });

  it('failure mode 8: gives back what a poll brings after the stop', async () => {
    const { clock, queue, consumer, leases, stop } = setUp({ concurrency: 5, work: async () => ack });
    await leases.start();
    consumer.start();
    await clock.advance(100);
    const stopping = stop();
    await queue.send('late');
    await stopping;
    expect(await queue.depth()).toEqual({ visible: 1, inFlight: 0, delayed: 0 });
  });

  it('retries a message whose handler threw, and says so', async () => {
    let calls = 0;
    const { clock, queue, consumer, leases, errors, stop } = setUp({
      concurrency: 1,
      work: async () => {
        calls += 1;
        if (calls === 1) throw new Error('boom');
        return ack;
      },
    });
    await queue.send('x');
    await leases.start();
    consumer.start();
    await clock.advance(7000);
    expect(calls).toBe(2);
    expect(errors).toEqual([new Error('boom')]);
    await stop();
  });

  it('keeps a message from others for as long as it is worked on', async () => {
    const { clock, queue, consumer, leases, stop } = setUp({
      concurrency: 2,
      work: async (_body, _lost, time) => {
        await time.sleep(5 * VISIBILITY_SECONDS * 1000);
        return ack;
      },
    });
    await queue.send('x');
    await leases.start();
    consumer.start();
    for (let second = 0; second < 5 * VISIBILITY_SECONDS - 1; second += 1) {
      await clock.advance(1000);
      expect((await queue.depth()).visible).toBe(0);
    }
    await stop();
    expect(leases.held).toBe(0);
  });

  it('loses no slot and no message, whatever handlers do', async () => {
    const job = fc.record({
      ms: fc.integer({ min: 0, max: 5000 }),
      how: fc.constantFrom('ack', 'retry', 'throw', 'discard'),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(job, { maxLength: 25 }),
        fc.integer({ min: 1, max: 6 }),
        async (jobs, slots) => {
          const seen = new Map<string, number>();
          const rig = setUp({
            concurrency: slots,
            work: async (body, _lost, time) => {
              const times = (seen.get(body) ?? 0) + 1;
              seen.set(body, times);
              const { ms, how } = jobs[Number(body)] ?? { ms: 0, how: 'ack' };
              await time.sleep(ms);
              if (times > 1 || how === 'ack') return ack;
              if (how === 'throw') throw new Error('thrown by the test');
              return how === 'retry' ? retryAfterMs(1000) : { kind: 'discard', reason: 'test' };
            },
          });
          for (const index of jobs.keys()) await rig.queue.send(String(index));
          await rig.leases.start();
          rig.consumer.start();
          await rig.clock.advance(200_000);
          expect(rig.most()).toBeLessThanOrEqual(slots);
          expect(rig.consumer.busySlots).toBe(0);
          expect(await rig.queue.depth()).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
          expect([...seen.keys()].sort()).toEqual([...jobs.keys()].map(String).sort());
          expect(rig.queue.deadLetters).toHaveLength(jobs.filter(({ how }) => how === 'discard').length);
          await rig.stop();
          expect(rig.leases.held).toBe(0);
        },
      ),
      { numRuns: 25 },
    );
  });
});

/** Each job, in order, to the slot that is free first. */
function idealSchedule(times: readonly number[], slots: number): number {
  const freeAt = Array.from({ length: slots }, () => 0);
  for (const ms of times) {
    const first = freeAt.indexOf(Math.min(...freeAt));
    freeAt[first] = (freeAt[first] ?? 0) + ms;
  }
  return Math.max(...freeAt);
}
