import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Coalescer } from './coalescer.ts';

/** Calls that end when the test says so. */
function heldCalls() {
  const calls: { inputs: readonly number[]; end: () => void }[] = [];
  const call = (inputs: readonly number[]) =>
    new Promise<(number | Error)[]>((resolve) => {
      calls.push({
        inputs,
        end: () => resolve(inputs.map((input) => (input < 0 ? new Error('no') : input * 2))),
      });
    });
  return { calls, call };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

it('puts what comes together into one call, and what comes meanwhile into the next', async () => {
  const { calls, call } = heldCalls();
  const coalescer = new Coalescer(call, { maxBatch: 10, maxUnderWay: 1 });
  const early = [coalescer.add(1), coalescer.add(2)];
  await turn();
  const late = [coalescer.add(3), coalescer.add(4)];
  await turn();
  late.push(coalescer.add(5));
  await turn();
  expect(calls.map(({ inputs }) => inputs)).toEqual([[1, 2]]);
  calls[0]?.end();
  expect(await Promise.all(early)).toEqual([2, 4]);
  expect(calls.map(({ inputs }) => inputs)).toEqual([
    [1, 2],
    [3, 4, 5],
  ]);
  calls[1]?.end();
  expect(await Promise.all(late)).toEqual([6, 8, 10]);
});

it('sends one call at a time, and another beside it only if that is full', async () => {
  const { calls, call } = heldCalls();
  const coalescer = new Coalescer(call, { maxBatch: 2, maxUnderWay: 4, patienceMs: 3_600_000 });
  const sizes = () => calls.map(({ inputs }) => inputs.length);
  const added = [coalescer.add(0)];
  await turn();
  added.push(coalescer.add(1));
  await turn();
  expect(sizes()).toEqual([1]);
  added.push(coalescer.add(2), coalescer.add(3));
  await turn();
  expect(sizes()).toEqual([1, 2]);
  while (calls.length > 0) {
    calls.shift()?.end();
    await turn();
  }
  expect(await Promise.all(added)).toEqual([0, 2, 4, 6]);
});

it('sends what is full at once, in the middle of a turn and behind a call that hangs', async () => {
  const { calls, call } = heldCalls();
  const coalescer = new Coalescer(call, { maxBatch: 2, maxUnderWay: 2, patienceMs: 3_600_000 });
  const added = [1, 2, 3].map((input) => coalescer.add(input));
  expect(calls.map(({ inputs }) => inputs)).toEqual([[1, 2]]);
  await turn();
  expect(calls).toHaveLength(1);
  added.push(coalescer.add(4));
  expect(calls.map(({ inputs }) => inputs)).toEqual([
    [1, 2],
    [3, 4],
  ]);
  for (const { end } of calls) end();
  expect(await Promise.all(added)).toEqual([2, 4, 6, 8]);
});

it('waits a moment only for calls that hang', async () => {
  const hung = new Promise<never>(() => {});
  const coalescer = new Coalescer<string, string>(async ([input]) => (input === 'last' ? ['done'] : hung), {
    maxBatch: 5,
    maxUnderWay: 4,
  });
  void coalescer.add('first');
  await turn();
  expect(await coalescer.add('last')).toBe('done');
});

it('waits for company where it is patient, until a batch is full or the time is up', async () => {
  const sizes: number[] = [];
  const call = async (inputs: readonly number[]) => {
    sizes.push(inputs.length);
    return [...inputs];
  };
  const coalescer = new Coalescer(call, { maxBatch: 3, maxUnderWay: 2, patient: true, patienceMs: 50 });
  const early = coalescer.add(1);
  await turn();
  const late = [2, 3, 4].map((input) => coalescer.add(input));
  await early;
  expect(sizes).toEqual([3]);
  expect(await Promise.all(late)).toEqual([2, 3, 4]);
  expect(sizes).toEqual([3, 1]);
  await coalescer.idle();
});

it('fails the input whose output is an error, and no other', async () => {
  const { calls, call } = heldCalls();
  const coalescer = new Coalescer(call, { maxBatch: 10, maxUnderWay: 1 });
  const settled = Promise.allSettled([1, -1, 3].map((input) => coalescer.add(input)));
  await turn();
  calls[0]?.end();
  expect((await settled).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});

it('goes on after a call that rejected', async () => {
  let calls = 0;
  const coalescer = new Coalescer<number, number>(
    async (inputs) => {
      calls += 1;
      if (calls === 1) throw new Error('down');
      return [...inputs];
    },
    { maxBatch: 1, maxUnderWay: 1 },
  );
  const [first, second] = [coalescer.add(1), coalescer.add(2)];
  await expect(first).rejects.toThrow('down');
  expect(await second).toBe(2);
});

it('is idle once nothing waits and nothing is under way', async () => {
  const { calls, call } = heldCalls();
  const coalescer = new Coalescer(call, { maxBatch: 1, maxUnderWay: 1 });
  await coalescer.idle();
  const added = [coalescer.add(1), coalescer.add(2)];
  let idle = false;
  const idling = coalescer.idle().then(() => {
    idle = true;
  });
  await turn();
  calls[0]?.end();
  await added[0];
  await turn();
  expect(idle).toBe(false);
  calls[1]?.end();
  await idling;
});

it('settles every input by its own output, within the limits of a call and of calls under way', async () => {
  const arrivals = fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(
      arrivals,
      fc.integer({ min: 1, max: 7 }),
      fc.integer({ min: 1, max: 3 }),
      async (bursts, maxBatch, maxUnderWay) => {
        let underWay = 0;
        let most = 0;
        let largest = 0;
        const coalescer = new Coalescer<number, string>(
          async (inputs) => {
            most = Math.max(most, ++underWay);
            largest = Math.max(largest, inputs.length);
            await turn();
            underWay -= 1;
            return inputs.map((input) => `${input}`);
          },
          { maxBatch, maxUnderWay },
        );
        const added: Promise<string>[] = [];
        for (const burst of bursts) {
          for (let one = 0; one < burst; one += 1) added.push(coalescer.add(added.length));
          await turn();
        }
        expect(await Promise.all(added)).toEqual(added.map((_, index) => `${index}`));
        expect(most).toBeLessThanOrEqual(maxUnderWay);
        expect(largest).toBeLessThanOrEqual(maxBatch);
        await coalescer.idle();
      },
    ),
  );
});
