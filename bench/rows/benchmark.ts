import type { Row } from '../report/row.ts';
import type { Stage } from '../stage/stage.ts';

export interface RunOptions {
  /** So many, or fewer where the direction is wanted and not the number. */
  scale(count: number): number;
  /** Interleaved runs of each contender. */
  runs: number;
  /** Where CPU profiles of ours go; none without it. */
  profileDir?: string | undefined;
  say(line: string): void;
}

export interface Benchmark {
  name: string;
  /** One line: what is compared with what. */
  about: string;
  run(stage: Stage, options: RunOptions): Promise<Row[]>;
}
