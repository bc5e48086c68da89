import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Delivery, Queue } from '../../ports/queue.ts';
import { newId } from './fixtures.ts';

export interface QueueUnderTest {
  queue: Queue;
  /** What stands in the dead letter queue. */
  readDeadLetters(): Promise<{ body: string; reason: string | undefined }[]>;
  /** Closes the queue and all that was started for it. */
  close(): Promise<void>;
}

export type MakeQueue = () => Promise<QueueUnderTest>;

const MAX_BATCH = 10;

/** Receives until `count` of the messages with the bodies of this case are there; others are given back. */
async function take(
  queue: Queue,
  bodies: string[],
  count: number,
  visibilitySeconds = 30,
): Promise<Delivery[]> {
  const taken: Delivery[] = [];
  for (let polls = 0; taken.length < count && polls < 40; polls += 1) {
    const received = await queue.receive(MAX_BATCH, 1, visibilitySeconds);
    expect(received.length).toBeLessThanOrEqual(MAX_BATCH);
    taken.push(...received.filter(({ body }) => bodies.includes(body)));
    const others = received.filter(({ body }) => !bodies.includes(body));
    await Promise.all(others.map(({ receipt }) => queue.extend(receipt, 0)));
  }
  expect(taken.map(({ body }) => body).sort()).toEqual([...bodies].sort().slice(0, count));
  return taken;
}

async function takeOne(queue: Queue, body: string, visibilitySeconds = 30): Promise<Delivery> {
  const [delivery] = await take(queue, [body], 1, visibilitySeconds);
  return delivery as Delivery;
}

/** True where a message comes within `waitSeconds`. */
async function comes(queue: Queue, body: string, waitSeconds: number): Promise<boolean> {
  const received = await queue.receive(MAX_BATCH, waitSeconds, 0);
  return received.some((delivery) => delivery.body === body);
}

/** What every queue must do, whatever it is made of. */
export function describeQueue(name: string, makeQueue: MakeQueue): void {
  describe(`the queue contract on ${name}`, () => {
    const bench = {} as QueueUnderTest;
    beforeAll(async () => {
      Object.assign(bench, await makeQueue());
    });
    afterAll(() => bench.close?.());

    describe('deliveries', () => deliveryCases(bench));
    describe('receipts', () => receiptCases(bench));
    describe('the rest', () => otherCases(bench));
  });
}

function deliveryCases(bench: QueueUnderTest): void {
  it('delivers a body as it was sent, counted once', async () => {
    const body = JSON.stringify({ v: 1, job_id: newId() });
    await bench.queue.send(body);
    const delivery = await takeOne(bench.queue, body);
    expect(delivery).toMatchObject({ body, receiveCount: 1 });
    expect(delivery.receipt).not.toBe('');
    expect(delivery.messageId).not.toBe('');
    await bench.queue.ack(delivery.receipt);
  });

  it('delivers what stands beside a body as it was sent, each time', async () => {
    const traces = [
      { traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01', tracestate: 'a=1,b@c=t61' },
      { traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4737-00f067aa0ba902b8-00' },
      undefined,
    ];
    const bodies = traces.map(newId);
    await Promise.all(bodies.map((body, index) => bench.queue.send(body, traces[index])));
    for (const [index, body] of bodies.entries()) {
      const first = await takeOne(bench.queue, body);
      await bench.queue.extend(first.receipt, 0);
      const again = await takeOne(bench.queue, body);
      expect([first.trace, again.trace]).toEqual([traces[index], traces[index]]);
      await bench.queue.ack(again.receipt);
    }
  });

  it('delivers many sent at once, each once, at most ten at a time', async () => {
    const bodies = Array.from({ length: 35 }, newId);
    await Promise.all(bodies.map((body) => bench.queue.send(body)));
    const taken = await take(bench.queue, bodies, bodies.length);
    expect(new Set(taken.map(({ receipt }) => receipt)).size).toBe(bodies.length);
    await Promise.all(taken.map(({ receipt }) => bench.queue.ack(receipt)));
  });

  it('gives no more than asked for', async () => {
    const bodies = Array.from({ length: 3 }, newId);
    await Promise.all(bodies.map((body) => bench.queue.send(body)));
    const received = await bench.queue.receive(2, 1, 30);
    expect(received.length).toBeLessThanOrEqual(2);
    await Promise.all(received.map(({ receipt }) => bench.queue.extend(receipt, 0)));
    const taken = await take(bench.queue, bodies, 3);
    await Promise.all(taken.map(({ receipt }) => bench.queue.ack(receipt)));
  });

  it('hides a message that is held, and delivers it again once its visibility is over', async () => {
    const body = newId();
    await bench.queue.send(body);
    const first = await takeOne(bench.queue, body, 2);
    expect(await comes(bench.queue, body, 0)).toBe(false);
    const second = await takeOne(bench.queue, body);
    expect(second).toMatchObject({ messageId: first.messageId, receiveCount: 2 });
    expect(second.receipt).not.toBe(first.receipt);
    await bench.queue.ack(second.receipt);
  });

  it('wakes a parked poll when a message is sent', async () => {
    const body = newId();
    const began = performance.now();
    const parked = bench.queue.receive(1, 10, 30);
    await bench.queue.send(body);
    const [delivery] = await parked;
    expect(delivery?.body).toBe(body);
    expect(performance.now() - began, 'milliseconds until the poll woke').toBeLessThan(5000);
    await bench.queue.ack(delivery?.receipt as string);
  });

  it('resolves with nothing once the wait is over', async () => {
    expect(await bench.queue.receive(1, 1, 30)).toEqual([]);
  });
}

function receiptCases(bench: QueueUnderTest): void {
  it('keeps a message hidden for as long as it is extended', async () => {
    const body = newId();
    await bench.queue.send(body);
    const { receipt } = await takeOne(bench.queue, body, 1);
    expect(await bench.queue.extend(receipt, 30)).toBe('extended');
    expect(await comes(bench.queue, body, 2)).toBe(false);
    await bench.queue.ack(receipt);
  });

  it('delivers at once what is given back', async () => {
    const body = newId();
    await bench.queue.send(body);
    const { receipt } = await takeOne(bench.queue, body, 30);
    expect(await bench.queue.extend(receipt, 0)).toBe('extended');
    const again = await takeOne(bench.queue, body);
    expect(again.receiveCount).toBe(2);
    await bench.queue.ack(again.receipt);
  });

  it('delivers no more what was acknowledged', async () => {
    const body = newId();
    await bench.queue.send(body);
    const { receipt } = await takeOne(bench.queue, body, 1);
    await bench.queue.ack(receipt);
    expect(await comes(bench.queue, body, 2)).toBe(false);
  });

  it('says lost of the receipt of a message that is gone, and of none of its batch mates', async () => {
    const bodies = Array.from({ length: 6 }, newId);
    await Promise.all(bodies.map((body) => bench.queue.send(body)));
    const [gone, ...held] = (await take(bench.queue, bodies, 6)) as [Delivery, ...Delivery[]];
    await bench.queue.ack(gone.receipt);
    const extended = await Promise.all([gone, ...held].map(({ receipt }) => bench.queue.extend(receipt, 30)));
    expect(extended).toEqual(['lost', ...held.map(() => 'extended')]);
    await Promise.all(held.map(({ receipt }) => bench.queue.ack(receipt)));
  });

  it('says lost of a receipt whose visibility is over', async () => {
    const body = newId();
    await bench.queue.send(body);
    const old = await takeOne(bench.queue, body, 1);
    const current = await takeOne(bench.queue, body);
    // Where the old receipt still counts, this case ends early: the next one must not meet its message.
    onTestFinished(() => bench.queue.ack(current.receipt));
    await bench.queue.extend(current.receipt, 0);
    expect(await bench.queue.extend(old.receipt, 30)).toBe('lost');
    const last = await takeOne(bench.queue, body);
    await bench.queue.ack(last.receipt);
  });

  it('takes an acknowledgement twice, or with an old receipt, without an error', async () => {
    const body = newId();
    await bench.queue.send(body);
    const old = await takeOne(bench.queue, body, 1);
    const current = await takeOne(bench.queue, body);
    await expect(bench.queue.ack(current.receipt)).resolves.toBeUndefined();
    await expect(bench.queue.ack(current.receipt)).resolves.toBeUndefined();
    await expect(bench.queue.ack(old.receipt)).resolves.toBeUndefined();
  });
}

function otherCases(bench: QueueUnderTest): void {
  it('puts what cannot be read on the dead letters, with the reason', async () => {
    const body = `not json ${newId()}`;
    await bench.queue.sendDeadLetter(body, 'the body is not JSON: “\u{1F4A5}”\u0000');
    await vi.waitFor(
      async () => {
        const letter = (await bench.readDeadLetters()).find((candidate) => candidate.body === body);
        expect(letter?.reason).toMatch(/^the body is not JSON: /);
      },
      { timeout: 10_000, interval: 100 },
    );
  });

  it('says how many messages wait and how many are held', async () => {
    const bodies = Array.from({ length: 4 }, newId);
    await Promise.all(bodies.map((body) => bench.queue.send(body)));
    const held = await bench.queue.receive(1, 1, 30);
    await vi.waitFor(
      async () => expect(await bench.queue.depth()).toEqual({ visible: 3, inFlight: 1, delayed: 0 }),
      { timeout: 10_000, interval: 100 },
    );
    await Promise.all(held.map(({ receipt }) => bench.queue.extend(receipt, 0)));
    const taken = await take(bench.queue, bodies, 4);
    await Promise.all(taken.map(({ receipt }) => bench.queue.ack(receipt)));
  });
}
