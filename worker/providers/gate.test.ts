import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../shared/adapters/memory/virtual-clock.ts';
import { answering, failing, ScriptedProvider, type ScriptedStep } from '../testing/scripted-provider.ts';
import { Gate, type Turn } from './gate.ts';

const PROMPT = { system: 's', user: 'u', maxOutputTokens: 10 };
const forever = new AbortController().signal;

function setUp(maxConcurrency: number, ...steps: ScriptedStep[]) {
  const clock = new VirtualClock();
  const provider = new ScriptedProvider('alpha', clock, ...steps);
  const prices = { 'alpha/alpha-model': { input_usd: 1, output_usd: 2, as_of: '2026-01-01' } };
  const calls: string[] = [];
  const gate = new Gate(provider, {
    clock,
    maxConcurrency,
    prices,
    onCall: ({ id }, { completion, latencyMs }) =>
      void calls.push(`${id} ${completion.outcome} ${latencyMs}`),
  });
  return { clock, provider, gate, calls };
}

async function callOnce(gate: Gate, clock: VirtualClock) {
  const turn = (await gate.takeTurn(forever)) as Turn;
  const call = turn.call(PROMPT, forever);
  await clock.advance(1000);
  return call;
}

describe('Gate', () => {
  it('prices and times a call, and tells of it', async () => {
    const { gate, clock, calls } = setUp(1, answering('yes', 120));
    expect(await callOnce(gate, clock)).toMatchObject({
      completion: { outcome: 'ok' },
      latencyMs: 120,
      cost: { usd: (10 * 1 + 20 * 2) / 1_000_000, priced: true },
    });
    expect(calls).toEqual(['alpha ok 120']);
    expect(gate.status()).toMatchObject({
      breaker: { state: 'closed' },
      limiter: { active: 0, waiting: 0 },
      latency_ms: { p50: 120, p95: 120, n: 1 },
      error_ratio: 0,
    });
  });

  it('holds the slot until the call has really ended', async () => {
    const { gate, clock } = setUp(1, answering('yes', 500));
    const turn = gate.tryTurn();
    const call = turn?.call(PROMPT, forever);
    expect(gate.tryTurn()).toBeUndefined();
    await clock.advance(499);
    expect(gate.tryTurn()).toBeUndefined();
    await clock.advance(1);
    await call;
    expect(gate.tryTurn()).toBeDefined();
  });

  it('gives a slot back that was not used', async () => {
    const { gate, clock } = setUp(1, answering('yes'));
    gate.tryTurn()?.giveBack();
    await clock.advance(0);
    expect(gate.status().limiter.active).toBe(0);
    expect(gate.tryTurn()).toBeDefined();
  });

  it('makes no call once the signal has aborted, and keeps no slot', async () => {
    const { gate, provider } = setUp(1, answering('yes'));
    expect(await gate.tryTurn()?.call(PROMPT, AbortSignal.abort())).toBeUndefined();
    expect(provider.calls).toBe(0);
    expect(gate.status().limiter.active).toBe(0);
  });

  it('says how long the breaker stays open, and when', async () => {
    const { gate, clock } = setUp(2, failing('auth', { retryable: false }));
    await callOnce(gate, clock);
    expect(gate.tryTurn()).toBeUndefined();
    const refused = await gate.takeTurn(forever);
    expect(refused).toMatchObject({ openForMs: expect.any(Number) });
    const { breaker, limiter } = gate.status();
    expect(breaker).toMatchObject({ state: 'open', reason: 'auth' });
    expect(breaker.retry_at).toBeGreaterThan(clock.now());
    expect(limiter.active).toBe(0);
  });
});
