import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Random } from '../../shared/ports/clock.ts';
import { backoffMs } from './backoff.ts';

const drawing = (value: number): Random => ({ float: () => value, id: () => '0'.repeat(32) });
const ALMOST_ONE = 1 - Number.EPSILON;

describe('backoff', () => {
  it.each([
    [1, 'rate_limited', 499],
    [2, 'rate_limited', 999],
    [3, 'network', 1999],
    [1, 'overloaded', 1999],
    [40, 'network', 19_999],
  ] as const)('after attempt %i that was %s ends below %i ms', (attempt, outcome, highest) => {
    expect(backoffMs({ attempt, outcome }, drawing(ALMOST_ONE))).toBe(highest);
    expect(backoffMs({ attempt, outcome }, drawing(0))).toBe(0);
  });

  it('stays between what the provider asked for and the cap above it', () => {
    const draw = fc.double({ min: 0, max: ALMOST_ONE, noNaN: true });
    const waits = fc.record({ attempt: fc.integer({ min: 1, max: 2000 }), retryAfterMs: fc.nat(86_400_000) });
    fc.assert(
      fc.property(waits, draw, ({ attempt, retryAfterMs }, value) => {
        const waitMs = backoffMs(
          { attempt, retryAfterMs, outcome: 'rate_limited', capMs: 7000 },
          drawing(value),
        );
        expect(Number.isInteger(waitMs)).toBe(true);
        expect(waitMs).toBeGreaterThanOrEqual(retryAfterMs);
        expect(waitMs).toBeLessThan(retryAfterMs + 7000);
      }),
    );
  });
});
