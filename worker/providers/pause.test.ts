import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../shared/adapters/memory/virtual-clock.ts';
import { Pause } from './pause.ts';

describe('Pause', () => {
  it('lasts as long as the provider asked for, and no call began meanwhile makes it longer', () => {
    const pause = new Pause(new VirtualClock());
    pause.record('rate_limited', 0, 4000);
    pause.record('rate_limited', 0, 2000);
    expect(pause.leftMs).toBe(4000);
  });

  it('grows where the provider does not say, until a call is admitted', async () => {
    const clock = new VirtualClock();
    const pause = new Pause(clock);
    const lengths: number[] = [];
    for (let refusal = 0; refusal < 7; refusal += 1) {
      pause.record('rate_limited', clock.monotonic(), undefined);
      lengths.push(pause.leftMs);
      await clock.advance(pause.leftMs);
    }
    expect(lengths).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
    pause.record('ok', clock.monotonic(), undefined);
    pause.record('rate_limited', clock.monotonic(), undefined);
    expect(pause.leftMs).toBe(1000);
  });

  it('is waited for to its end, also where it grows meanwhile, and no longer than the signal', async () => {
    const clock = new VirtualClock();
    const pause = new Pause(clock);
    pause.record('rate_limited', 0, 1000);
    let over = false;
    void pause.over(new AbortController().signal).then(() => {
      over = true;
    });
    const leaving = new AbortController();
    const left = expect(pause.over(leaving.signal)).rejects.toThrow('leaving');
    await clock.advance(500);
    pause.record('rate_limited', 0, 2000);
    await clock.advance(600);
    expect(over).toBe(false);
    leaving.abort(new Error('leaving'));
    await left;
    await clock.advance(1400);
    expect(over).toBe(true);
    expect(clock.sleeping).toBe(0);
  });

  it('follows nothing but refusals for the rate', () => {
    const pause = new Pause(new VirtualClock());
    for (const outcome of ['overloaded', 'timeout', 'ok', 'auth'] as const) pause.record(outcome, 0, 5000);
    expect(pause.leftMs).toBe(0);
  });
});
