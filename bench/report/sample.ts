/** Several runs of the same thing. */
export interface Sample {
  median: number;
  min: number;
  max: number;
  values: number[];
}

export function sampleOf(values: readonly number[]): Sample {
  if (values.length === 0) throw new RangeError('a sample needs at least one value');
  return {
    median: quantile(values, 0.5),
    min: Math.min(...values),
    max: Math.max(...values),
    values: [...values],
  };
}

/** The value below which the share `q` of the values lies, between two neighbours where none is there. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * q;
  const low = sorted[Math.floor(at)] ?? Number.NaN;
  const high = sorted[Math.ceil(at)] ?? Number.NaN;
  return low + (high - low) * (at - Math.floor(at));
}

/** Run by run: what disturbed one run disturbed its neighbour. */
export function ratioOf(ours: readonly number[], theirs: readonly number[]): Sample {
  return sampleOf(ours.map((value, run) => value / (theirs[run] ?? Number.NaN)));
}
