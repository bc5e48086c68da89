import { ratioOf, type Sample, sampleOf } from './sample.ts';

/** One line of the table. */
export interface Row {
  benchmark: string;
  what: string;
  unit: string;
  /** Ours, or the value that stands alone. */
  ours: Sample;
  against?: { who: string; value: Sample };
  /** Ours to theirs, run by run; what gate and moonshot are about where it is there. */
  ratio?: Sample;
  bar?: Bar;
  notes: string[];
}

export interface Bar {
  gate: number;
  moonshot?: number;
  better: 'lower' | 'higher';
}

export type Verdict = 'moonshot' | 'gate' | 'missed' | 'shown';

/** `shown`: nothing is asked of the row. */
export function verdictOf({ ours, ratio, bar }: Pick<Row, 'ours' | 'ratio' | 'bar'>): Verdict {
  if (bar === undefined) return 'shown';
  const value = (ratio ?? ours).median;
  const reaches = (limit: number) => (bar.better === 'lower' ? value <= limit : value >= limit);
  if (bar.moonshot !== undefined && reaches(bar.moonshot)) return 'moonshot';
  return reaches(bar.gate) ? 'gate' : 'missed';
}

/** Two contenders, run by run. */
export function compare(
  head: Pick<Row, 'benchmark' | 'what' | 'unit'>,
  ours: readonly number[],
  who: string,
  theirs: readonly number[],
): Row {
  return {
    ...head,
    ours: sampleOf(ours),
    against: { who, value: sampleOf(theirs) },
    ratio: ratioOf(ours, theirs),
    notes: [],
  };
}
