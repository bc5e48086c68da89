/** Each bin is this much wider than the one below: a value is shown at most 9 % beside what it was. */
const GROWTH = 1.17;
/** CloudWatch refuses more values than 100 for one metric; bins from `LEAST` up to 1e6 times as much are 88. */
const LEAST = 0.001;
const BINS_MAX = 88;

/** A metric's values of one interval, as CloudWatch reads them from a log line. */
export interface EmfDistribution {
  Values: number[];
  Counts: number[];
  Min: number;
  Max: number;
  Sum: number;
  Count: number;
}

function binOf(value: number): number {
  if (value <= LEAST) return 0;
  return Math.min(BINS_MAX, Math.ceil(Math.log(value / LEAST) / Math.log(GROWTH)));
}

/** The geometric middle of a bin; the lowest holds zero too. */
function middleOf(bin: number): number {
  return bin === 0 ? 0 : LEAST * GROWTH ** (bin - 0.5);
}

/** Gathers any number of values into a bounded number of bins. */
export class Distribution {
  readonly #bins = new Map<number, number>();
  #min = Number.POSITIVE_INFINITY;
  #max = Number.NEGATIVE_INFINITY;
  #sum = 0;
  #count = 0;

  add(value: number): void {
    const bin = binOf(value);
    this.#bins.set(bin, (this.#bins.get(bin) ?? 0) + 1);
    this.#min = Math.min(this.#min, value);
    this.#max = Math.max(this.#max, value);
    this.#sum += value;
    this.#count += 1;
  }

  /** Of at least one value. No value is shown outside of what was seen. */
  read(): EmfDistribution {
    const bins = [...this.#bins].sort(([a], [b]) => a - b);
    return {
      Values: bins.map(([bin]) => Math.min(this.#max, Math.max(this.#min, middleOf(bin)))),
      Counts: bins.map(([, count]) => count),
      Min: this.#min,
      Max: this.#max,
      Sum: this.#sum,
      Count: this.#count,
    };
  }
}
