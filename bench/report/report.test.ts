import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { idealWallMs } from './ideal-schedule.ts';
import { plotSvg } from './plot.ts';
import { compare, type Row, verdictOf } from './row.ts';
import { quantile, ratioOf, sampleOf } from './sample.ts';
import { formatTable } from './table.ts';

const values = fc.array(fc.double({ min: 0.001, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 9 });

describe('a sample', () => {
  it('has its quantiles between its neighbours', () => {
    expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
    expect(quantile([4, 1, 3, 2], 0)).toBe(1);
    expect(quantile([4, 1, 3, 2], 1)).toBe(4);
    expect(quantile([10, 20], 0.99)).toBeCloseTo(19.9);
  });

  it('lies around its median, whatever the order', () => {
    fc.assert(
      fc.property(values, (runs) => {
        const { median, min, max } = sampleOf(runs);
        expect(min).toBeLessThanOrEqual(median);
        expect(median).toBeLessThanOrEqual(max);
        expect(sampleOf([...runs].reverse()).median).toBe(median);
      }),
    );
  });

  it('is compared run by run: what disturbed both leaves no trace', () => {
    expect(ratioOf([1, 10, 2], [2, 20, 4])).toMatchObject({ min: 0.5, median: 0.5, max: 0.5 });
  });

  it('is nothing without a value', () => {
    expect(() => sampleOf([])).toThrow(RangeError);
  });
});

describe('a verdict', () => {
  const rowOf = (value: number, bar: Row['bar'], ratio?: number): Pick<Row, 'ours' | 'ratio' | 'bar'> => ({
    ours: sampleOf([value]),
    ...(ratio === undefined ? {} : { ratio: sampleOf([ratio]) }),
    ...(bar ? { bar } : {}),
  });
  const lower = { gate: 1, moonshot: 0.5, better: 'lower' } as const;
  const higher = { gate: 1500, moonshot: 2200, better: 'higher' } as const;

  it.each([
    [rowOf(0.5, lower), 'moonshot'],
    [rowOf(0.51, lower), 'gate'],
    [rowOf(1.01, lower), 'missed'],
    [rowOf(2200, higher), 'moonshot'],
    [rowOf(1500, higher), 'gate'],
    [rowOf(1499, higher), 'missed'],
    [rowOf(9, { gate: 9, better: 'lower' }), 'gate'],
    [rowOf(9, undefined), 'shown'],
    [rowOf(9, lower, 0.4), 'moonshot'],
    [rowOf(Number.NaN, lower), 'missed'],
  ])('%# is as the bar says', (row, verdict) => {
    expect(verdictOf(row)).toBe(verdict);
  });
});

describe('the ideal schedule', () => {
  it('starts each job as soon as a slot is free', () => {
    expect(idealWallMs([10, 1, 1, 1], 2)).toBe(10);
    expect(idealWallMs([1, 1, 1, 10], 2)).toBe(11);
    expect(idealWallMs([5, 5, 5], 1)).toBe(15);
  });

  it('is never shorter than its longest job or its share of all the work, nor longer than both', () => {
    const jobs = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(jobs, fc.integer({ min: 1, max: 12 }), (latencies, slots) => {
        const longest = Math.max(...latencies);
        const fairShare = latencies.reduce((sum, one) => sum + one, 0) / slots;
        const wall = idealWallMs(latencies, slots);
        expect(wall).toBeGreaterThanOrEqual(Math.max(longest, fairShare));
        // Graham's bound.
        expect(wall).toBeLessThanOrEqual(fairShare + longest);
      }),
    );
  });
});

describe('the report', () => {
  const row: Row = {
    ...compare({ benchmark: 'one', what: 'CPU <a job>', unit: 'ms' }, [1, 2, 3], 'a peer', [2, 4, 6]),
    bar: { gate: 1, moonshot: 0.4, better: 'lower' },
    notes: ['the queue was the limit'],
  };

  it('says median, spread, bar and verdict in a table of equal columns, and the notes below', () => {
    const lines = formatTable([row]).split('\n');
    expect(lines[2]).toContain('2.00 (1.00 – 3.00) ms | a peer: 4.00 (2.00 – 6.00) ms');
    expect(lines[2]).toContain('| ≤ 1 × | ≤ 0.4 × ');
    expect(lines[2]).toMatch(/\| gate +\|$/);
    expect(new Set(lines.slice(0, 3).map((line) => line.length)).size).toBe(1);
    expect(lines.at(-1)).toBe('- one: the queue was the limit');
  });

  it('draws each row with a gate where it stands to it, and no other', () => {
    const svg = plotSvg([row, { ...row, what: 'only shown', bar: undefined } as unknown as Row]);
    expect(svg).toContain('CPU &lt;a job&gt;');
    expect(svg).not.toContain('only shown');
    const dot = Number(/circle class="met" cx="([\d.]+)"/.exec(svg)?.[1]);
    const gate = Number(/class="gate" x1="([\d.]+)"/.exec(svg)?.[1]);
    expect(dot).toBeLessThan(gate);
  });
});
