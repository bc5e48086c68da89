import { getEventListeners } from 'node:events';
import { expect, it } from 'vitest';
import { VirtualClock } from '../../shared/adapters/memory/virtual-clock.ts';
import { withDeadline } from './deadline-signal.ts';

/** Work that ends when its signal aborts, with the reason. */
const untilAborted = (signal: AbortSignal) =>
  new Promise<unknown>((resolve) => {
    if (signal.aborted) resolve(signal.reason);
    else signal.addEventListener('abort', () => resolve(signal.reason));
  });

it('the signal aborts when time is up', async () => {
  const clock = new VirtualClock();
  let reason: unknown;
  void withDeadline(clock.now() + 1000, new AbortController().signal, clock, async (signal) => {
    reason = await untilAborted(signal);
  });
  await clock.advance(999);
  expect(reason).toBeUndefined();
  await clock.advance(1);
  expect(reason).toMatchObject({ name: 'TimeoutError' });
});

it('the signal aborts with the outer one, for its reason', async () => {
  const clock = new VirtualClock();
  const outer = new AbortController();
  const reason = withDeadline(clock.now() + 1000, outer.signal, clock, untilAborted);
  const stop = new Error('stop');
  outer.abort(stop);
  expect(await reason).toBe(stop);
  expect(clock.sleeping).toBe(0);
  expect(await withDeadline(clock.now() + 1000, outer.signal, clock, untilAborted)).toBe(stop);
  expect(clock.sleeping).toBe(0);
});

it.each([
  ['ends', async () => 'done'],
  ['fails', () => Promise.reject(new Error('no'))],
])('work that %s leaves no timer, and no listener on the outer signal', async (_how, work) => {
  const clock = new VirtualClock();
  const { signal } = new AbortController();
  await withDeadline(clock.now() + 1000, signal, clock, work).catch(() => {});
  expect(clock.sleeping).toBe(0);
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});
