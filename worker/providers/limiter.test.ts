import { getEventListeners } from 'node:events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../shared/adapters/memory/virtual-clock.ts';
import { createLimiter, type Limiter, type Release } from './limiter.ts';

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
const never = new AbortController().signal;
const OLD_MS = 30_000;

describe('slots', () => {
  it('are given in order of asking, as they become free', async () => {
    const limiter = createLimiter({ max: 1, clock: new VirtualClock() });
    const order: string[] = [];
    const first = await limiter.acquire(never);
    const second = limiter.acquire(never).then((release) => [order.push('second'), release()]);
    const third = limiter.acquire(never).then((release) => [order.push('third'), release()]);
    expect(limiter.state()).toEqual({ concurrency: 1, max: 1, active: 1, waiting: 2 });
    first();
    await Promise.all([second, third]);
    expect(order).toEqual(['second', 'third']);
    expect(limiter.state()).toMatchObject({ active: 0, waiting: 0 });
  });

  it('are refused at once to one who gives up waiting, and go to the next', async () => {
    const limiter = createLimiter({ max: 1, clock: new VirtualClock() });
    const release = await limiter.acquire(never);
    const controller = new AbortController();
    const reason = new Error('canceled');
    const waiting = limiter.acquire(controller.signal);
    const next = limiter.acquire(never);
    controller.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    expect(limiter.state()).toMatchObject({ active: 1, waiting: 1 });
    expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
    release();
    await expect(next).resolves.toBeTypeOf('function');
  });

  it('are not given for a signal that is already aborted', async () => {
    const limiter = createLimiter({ max: 1, clock: new VirtualClock() });
    await expect(limiter.acquire(AbortSignal.abort('gone'))).rejects.toBe('gone');
    expect(limiter.tryAcquire()).toBeTypeOf('function');
  });

  it('can be tried for without waiting', () => {
    const limiter = createLimiter({ max: 2, clock: new VirtualClock() });
    const releases = [limiter.tryAcquire(), limiter.tryAcquire()];
    expect(releases).toEqual([expect.any(Function), expect.any(Function)]);
    expect(limiter.tryAcquire()).toBeUndefined();
  });

  it('leave no listener on the signal of one who got a slot', async () => {
    const { signal } = new AbortController();
    const limiter = createLimiter({ max: 1, clock: new VirtualClock() });
    (await limiter.acquire(signal))();
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});

describe('the number of slots', () => {
  const hold = (limiter: Limiter) => {
    const releases: Release[] = [];
    for (let one = limiter.tryAcquire(); one; one = limiter.tryAcquire()) releases.push(one);
    return releases;
  };

  it('begins low, and grows with each success while all are used, up to the maximum', () => {
    const limiter = createLimiter({ max: 6, clock: new VirtualClock(), start: 2 });
    for (let call = 0; call < 10; call++) {
      hold(limiter);
      limiter.record('ok', 0);
    }
    expect(limiter.state()).toMatchObject({ concurrency: 6, active: 6 });
  });

  it('does not grow by what uses few of them', () => {
    const limiter = createLimiter({ max: 64, clock: new VirtualClock(), start: 8 });
    limiter.tryAcquire();
    for (let call = 0; call < 100; call++) limiter.record('ok', 0);
    expect(limiter.state().concurrency).toBe(8);
  });

  it('is seven tenths of what was in use after an overload, once for calls that began before the cut', async () => {
    const clock = new VirtualClock();
    const limiter = createLimiter({ max: 16, clock, start: 16 });
    hold(limiter);
    await clock.advance(1000);
    for (let call = 0; call < 5; call++) limiter.record('overloaded', 0);
    expect(limiter.state().concurrency).toBe(11);
    await clock.advance(1000);
    limiter.record('overloaded', 1500);
    expect(limiter.state().concurrency).toBe(7);
  });

  it('grows by one with each full round after an overload', async () => {
    const clock = new VirtualClock();
    const limiter = createLimiter({ max: 16, clock, start: 10 });
    hold(limiter);
    await clock.advance(1000);
    limiter.record('overloaded', 0);
    for (let call = 0; call < 7; call++) limiter.record('ok', 1000);
    expect(limiter.state().concurrency).toBe(7);
    limiter.record('ok', 1000);
    expect(limiter.state().concurrency).toBe(8);
  });

  it('is not used up by calls that hang, nor is the maximum ever exceeded', async () => {
    const clock = new VirtualClock();
    const limiter = createLimiter({ max: 5, clock, start: 2 });
    const hung = hold(limiter);
    const waiting = [1, 2, 3, 4].map(() => limiter.acquire(never));
    await clock.advance(29_000);
    expect(limiter.state()).toMatchObject({ active: 2, waiting: 4 });
    await clock.advance(1000);
    expect(limiter.state()).toMatchObject({ active: 4, waiting: 2 });
    await clock.advance(30_000);
    expect(limiter.state()).toMatchObject({ concurrency: 1, active: 5, waiting: 1 });
    for (const release of hung) release();
    await settle();
    expect(limiter.state()).toMatchObject({ concurrency: 2, active: 4, waiting: 0 });
    for (const release of await Promise.all(waiting)) release();
    expect(limiter.state()).toMatchObject({ concurrency: 2, active: 0, waiting: 0 });
  });

  it('leaves each call its own time until it is old, whatever became of those before it', async () => {
    const clock = new VirtualClock();
    const limiter = createLimiter({ max: 5, clock, start: 3 });
    const [ended] = [limiter.tryAcquire(), limiter.tryAcquire()];
    await clock.advance(10_000);
    limiter.tryAcquire();
    ended?.();
    const waiting = [1, 2, 3].map(() => limiter.acquire(never));
    await settle();
    expect(limiter.state()).toMatchObject({ active: 3, waiting: 2 });
    await clock.advance(20_000);
    expect(limiter.state()).toMatchObject({ active: 4, waiting: 1 });
    await clock.advance(9999);
    expect(limiter.state()).toMatchObject({ active: 4, waiting: 1 });
    await clock.advance(1);
    expect(limiter.state()).toMatchObject({ active: 5, waiting: 0 });
    for (const release of await Promise.all(waiting)) release();
  });

  it('counts the time of a call that comes after all others have ended', async () => {
    const clock = new VirtualClock();
    const limiter = createLimiter({ max: 2, clock, start: 1 });
    limiter.tryAcquire()?.();
    await clock.advance(10_000);
    limiter.tryAcquire();
    const next = limiter.acquire(never);
    await clock.advance(29_999);
    expect(limiter.state()).toMatchObject({ active: 1, waiting: 1 });
    await clock.advance(1);
    expect(limiter.state()).toMatchObject({ active: 2, waiting: 0 });
    (await next)();
  });

  it('keeps the clock waiting for nobody whose slot was released', async () => {
    const clock = new VirtualClock();
    const limiter = createLimiter({ max: 2, clock });
    for (const release of hold(limiter)) release();
    await settle();
    expect(clock.sleeping).toBe(0);
  });

  it('is one after a refusal for the rate, then grows fast to half of what was in use, and slowly from there', async () => {
    const clock = new VirtualClock();
    const limiter = createLimiter({ max: 16, clock, start: 8 });
    hold(limiter);
    await clock.advance(1000);
    limiter.record('rate_limited', 0);
    expect(limiter.state().concurrency).toBe(1);
    for (let call = 0; call < 3; call++) limiter.record('ok', 1000);
    expect(limiter.state().concurrency).toBe(4);
    for (let call = 0; call < 15; call++) limiter.record('ok', 1000);
    expect(limiter.state().concurrency).toBe(4);
    for (let call = 0; call < 5; call++) limiter.record('ok', 1000);
    expect(limiter.state().concurrency).toBe(5);
  });

  it('does not follow outcomes that say nothing about load', () => {
    const limiter = createLimiter({ max: 4, clock: new VirtualClock() });
    hold(limiter);
    for (const outcome of ['filtered', 'refused', 'auth', 'bad_request', 'aborted', 'network'] as const) {
      limiter.record(outcome, 0);
    }
    expect(limiter.state().concurrency).toBe(4);
  });

  it('lets those who wait go when it grows', async () => {
    const limiter = createLimiter({ max: 2, clock: new VirtualClock(), start: 1 });
    await limiter.acquire(never);
    const waiting = limiter.acquire(never);
    limiter.record('ok', 0);
    await expect(waiting).resolves.toBeTypeOf('function');
  });
});

it('no one overtakes those who wait, in the moment in which the slots grow', async () => {
  const limiter = createLimiter({ max: 2, clock: new VirtualClock(), start: 1 });
  await limiter.acquire(never);
  const waiting = limiter.acquire(never);
  limiter.record('ok', 0);
  expect(limiter.tryAcquire()).toBeUndefined();
  await waiting;
  expect(limiter.state()).toEqual({ concurrency: 2, max: 2, active: 2, waiting: 0 });
});

type Step = { do: 'acquire' | 'try' | 'abort' | 'release' | 'cut' | 'succeed' | 'age'; pick: number };
const steps = fc.array(
  fc.record<Step>({
    do: fc.constantFrom('acquire', 'acquire', 'try', 'abort', 'release', 'release', 'cut', 'succeed', 'age'),
    pick: fc.nat(20),
  }),
  { maxLength: 60, size: 'max' },
);

describe('under any sequence of steps', () => {
  it('no slot is given beyond the concurrency, and none is lost', async () => {
    await fc.assert(
      fc.asyncProperty(steps, fc.integer({ min: 1, max: 5 }), async (sequence, max) => {
        const clock = new VirtualClock();
        const limiter = createLimiter({ max, clock });
        const held: { release: Release; since: number }[] = [];
        const waiting = new Set<AbortController>();
        const keep = (release: Release) => held.push({ release, since: clock.monotonic() });
        const take = <Item>(from: Item[], pick: number) => from.splice(pick % Math.max(1, from.length), 1)[0];
        for (const step of sequence) {
          const heldBefore = held.length;
          if (step.do === 'acquire') {
            const controller = new AbortController();
            waiting.add(controller);
            limiter.acquire(controller.signal).then(
              (release) => [waiting.delete(controller), keep(release)],
              () => waiting.delete(controller),
            );
          } else if (step.do === 'try') {
            const release = limiter.tryAcquire();
            if (release) keep(release);
          } else if (step.do === 'abort') {
            take([...waiting], step.pick)?.abort();
          } else if (step.do === 'release') {
            const slot = take(held, step.pick);
            slot?.release();
            slot?.release();
          } else if (step.do === 'age') {
            await clock.advance(OLD_MS);
          } else {
            limiter.record(step.do === 'cut' ? 'overloaded' : 'ok', Number.POSITIVE_INFINITY);
          }
          await settle();
          const state = limiter.state();
          expect(state).toMatchObject({ active: held.length, waiting: waiting.size });
          expect(held.length).toBeLessThanOrEqual(max);
          const young = held.filter(({ since }) => clock.monotonic() - since < OLD_MS).length;
          if (held.length > heldBefore) expect(young).toBeLessThanOrEqual(state.concurrency);
          if (waiting.size > 0) expect(held.length).toBeGreaterThanOrEqual(state.concurrency);
        }
        for (const controller of waiting) controller.abort();
        for (const { release } of held) release();
        await settle();
        const { concurrency } = limiter.state();
        expect(Array.from({ length: concurrency }, () => limiter.tryAcquire())).not.toContain(undefined);
        expect(limiter.tryAcquire()).toBeUndefined();
      }),
      { numRuns: 100 },
    );
  });
});
