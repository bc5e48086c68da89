import { expect, it } from 'vitest';
import { VirtualClock } from './virtual-clock.ts';

it('begins where it is told to, and moves only when told to', async () => {
  const clock = new VirtualClock(1000);
  expect([clock.now(), clock.monotonic()]).toEqual([1000, 0]);
  await clock.advance(250);
  expect([clock.now(), clock.monotonic()]).toEqual([1250, 250]);
});

it('wakes sleepers in the order of their times, then of their coming, at their times', async () => {
  const clock = new VirtualClock(0);
  const woken: string[] = [];
  for (const [name, ms] of [
    ['late', 30],
    ['first', 10],
    ['second', 10],
    ['beyond', 50],
  ] as const) {
    void clock.sleep(ms).then(() => woken.push(`${name} at ${clock.now()}`));
  }
  await clock.advance(40);
  expect(woken).toEqual(['first at 10', 'second at 10', 'late at 30']);
  expect(clock.sleeping).toBe(1);
});

it('wakes those whose sleep begins while it moves', async () => {
  const clock = new VirtualClock(0);
  const woken: number[] = [];
  void (async () => {
    for (let turn = 0; turn < 3; turn += 1) {
      await clock.sleep(10);
      woken.push(clock.now());
    }
  })();
  await clock.advance(25);
  expect(woken).toEqual([10, 20]);
});

it('lets a sleeper go when its signal aborts, with the signal’s reason, leaving nothing behind', async () => {
  const clock = new VirtualClock();
  const abort = new AbortController();
  const slept = clock.sleep(10, abort.signal);
  abort.abort(new Error('enough'));
  await expect(slept).rejects.toThrow('enough');
  expect(clock.sleeping).toBe(0);
  await expect(clock.sleep(10, abort.signal)).rejects.toThrow('enough');
  expect(clock.sleeping).toBe(0);
});

it('advances to what a condition waits for, and no further', async () => {
  const clock = new VirtualClock(0);
  let done = false;
  void clock.sleep(500).then(() => {
    done = true;
  });
  await clock.until(() => done);
  expect(clock.now()).toBe(500);
});

it('says so where a condition does not come true', async () => {
  const clock = new VirtualClock(0);
  await expect(clock.until(() => false, 1000)).rejects.toThrow('did not come true within 1000 virtual ms');
  void clock.sleep(2000);
  await expect(clock.until(() => false, 1000)).rejects.toThrow('did not come true');
  expect(clock.now()).toBe(0);
});

it('fires what is set for later among the sleepers, unless it is taken back', async () => {
  const clock = new VirtualClock(0);
  const fired: string[] = [];
  void clock.sleep(10).then(() => fired.push('slept'));
  clock.after(10, () => fired.push('fired'));
  const cancel = clock.after(5, () => fired.push('taken back'));
  cancel();
  await clock.advance(20);
  expect(fired).toEqual(['slept', 'fired']);
  cancel();
  expect(clock.sleeping).toBe(0);
});
