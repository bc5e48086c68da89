import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../shared/adapters/memory/virtual-clock.ts';
import { OUTCOMES, type Outcome } from '../../shared/contract/outcome.ts';
import { type Breaker, createBreaker } from './breaker.ts';
import { type BreakerLimits, verdictOf } from './breaker-state.ts';

const LIMITS: BreakerLimits = {
  consecutiveFailures: 3,
  windowMs: 10_000,
  minSamples: 6,
  failureRatio: 0.5,
  openMs: 1000,
  maxOpenMs: 3000,
  permanentOpenMs: 60_000,
};

function open() {
  const clock = new VirtualClock();
  const breaker = createBreaker(clock, LIMITS);
  return { clock, breaker };
}

function calls(breaker: Breaker, ...outcomes: Outcome[]) {
  for (const outcome of outcomes) {
    const pass = breaker.tryEnter();
    if (!pass) throw new Error(`no pass before "${outcome}": ${JSON.stringify(breaker.state())}`);
    pass.settle(outcome);
  }
}

describe('a closed breaker', () => {
  it('opens after failures in a row, and says why and for how long', () => {
    const { breaker } = open();
    calls(breaker, 'network', 'timeout');
    expect(breaker.state()).toEqual({ state: 'closed', reason: null, open_for_ms: null });
    calls(breaker, 'overloaded');
    expect(breaker.state()).toEqual({ state: 'open', reason: 'overloaded', open_for_ms: 1000 });
    expect(breaker.tryEnter()).toBeUndefined();
  });

  it('opens when too large a share of the calls in the window fails', () => {
    const { breaker } = open();
    calls(breaker, 'ok', 'network', 'ok', 'network', 'ok');
    expect(breaker.state().state).toBe('closed');
    calls(breaker, 'network');
    expect(breaker.state()).toMatchObject({ state: 'open', reason: 'network' });
  });

  it('forgets failures that have left the window', async () => {
    const { breaker, clock } = open();
    calls(breaker, 'network', 'network');
    await clock.advance(LIMITS.windowMs);
    calls(breaker, 'network', 'network');
    expect(breaker.state().state).toBe('closed');
  });

  it.each([
    'auth',
    'quota_exhausted',
    'model_not_found',
  ] as const)('opens at once and long for %s', (outcome) => {
    const { breaker } = open();
    calls(breaker, outcome);
    expect(breaker.state()).toEqual({ state: 'open', reason: outcome, open_for_ms: 60_000 });
  });

  it('learns nothing from failures that are about the question or the caller', () => {
    const { breaker } = open();
    const neutral = ['bad_request', 'filtered', 'refused', 'aborted', 'empty'] as const;
    calls(breaker, ...neutral, ...neutral, 'network', ...neutral, 'network');
    expect(breaker.state().state).toBe('closed');
    calls(breaker, 'network');
    expect(breaker.state().state).toBe('open');
  });
});

describe('a half-open breaker', () => {
  async function halfOpen() {
    const opened = open();
    calls(opened.breaker, 'network', 'network', 'network');
    await opened.clock.advance(LIMITS.openMs);
    expect(opened.breaker.state().state).toBe('half_open');
    return opened;
  }

  it('lets one probe through and closes when it succeeds', async () => {
    const { breaker } = await halfOpen();
    const probe = breaker.tryEnter();
    expect(probe).toBeDefined();
    expect(breaker.tryEnter()).toBeUndefined();
    probe?.settle('ok');
    calls(breaker, 'network', 'network');
    expect(breaker.state().state).toBe('closed');
  });

  it('opens twice as long after each probe that fails, up to the maximum', async () => {
    const { breaker, clock } = await halfOpen();
    for (const openForMs of [2000, 3000, 3000]) {
      calls(breaker, 'overloaded');
      expect(breaker.state()).toMatchObject({ state: 'open', open_for_ms: openForMs });
      await clock.advance(openForMs);
    }
  });

  it('lets another probe through when one was given back', async () => {
    const { breaker } = await halfOpen();
    calls(breaker, 'aborted');
    expect(breaker.state().state).toBe('half_open');
    calls(breaker, 'filtered');
    expect(breaker.state().state).toBe('closed');
  });
});

it('a call that began before the breaker opened changes nothing afterwards', async () => {
  const { breaker, clock } = open();
  const [early, late] = [breaker.tryEnter(), breaker.tryEnter()];
  calls(breaker, 'network', 'network', 'network');
  early?.settle('ok');
  expect(breaker.state().state).toBe('open');
  await clock.advance(LIMITS.openMs);
  const probe = breaker.tryEnter();
  late?.settle('auth');
  expect(breaker.state().state).toBe('half_open');
  probe?.settle('ok');
  expect(breaker.state().state).toBe('closed');
});

describe('under any sequence of calls', () => {
  const step = fc.record({
    outcome: fc.constantFrom(...OUTCOMES),
    waitMs: fc.constantFrom(0, 0, 0, 500, 1000, 3000, 60_000),
    lag: fc.nat(3),
  });

  it('at most one probe is out, no pass is given while open, and it always recovers', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (sequence) => {
        const { breaker, clock } = open();
        const out: { settle: () => void; probe: boolean }[] = [];
        for (const { outcome, waitMs, lag } of sequence) {
          if (waitMs > 0) await clock.advance(waitMs);
          const before = breaker.state().state;
          const pass = breaker.tryEnter();
          if (before === 'open') expect(pass).toBeUndefined();
          if (before === 'closed') expect(pass).toBeDefined();
          if (pass) out.push({ settle: () => pass.settle(outcome), probe: before === 'half_open' });
          if (breaker.state().state === 'half_open') expect(out.filter(({ probe }) => probe)).toHaveLength(1);
          while (out.length > lag) out.shift()?.settle();
        }
        for (const { settle } of out) settle();
        await clock.advance(LIMITS.permanentOpenMs);
        calls(breaker, 'ok');
        expect(breaker.state().state).toBe('closed');
      }),
      { numRuns: 60 },
    );
  });

  it('it stays closed where no outcome tells of a failing provider', () => {
    const harmless = OUTCOMES.filter((outcome) => !['failure', 'permanent'].includes(verdictOf(outcome)));
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...harmless), { maxLength: 100 }), (outcomes) => {
        const { breaker } = open();
        calls(breaker, ...outcomes);
        expect(breaker.state().state).toBe('closed');
      }),
    );
  });
});
