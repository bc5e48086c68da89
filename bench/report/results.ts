import { machineFacts } from './facts.ts';
import { type Row, type Verdict, verdictOf } from './row.ts';

/** What `--json` writes. */
export interface Results {
  machine: ReturnType<typeof machineFacts>;
  rows: (Row & { verdict: Verdict })[];
}

export function resultsOf(rows: readonly Row[]): Results {
  return { machine: machineFacts(), rows: rows.map((row) => ({ ...row, verdict: verdictOf(row) })) };
}
