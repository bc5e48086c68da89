import type { LimitWatch } from '../stage/limit-watch.ts';
import type { RunOptions } from './benchmark.ts';

export interface Contender<Run> {
  name: string;
  /** How often it runs before anything is kept; default `WARM_UPS`. */
  warmUps?: number;
  /** How often it is measured; default that of the options. */
  runs?: number;
  run(round: number): Promise<Run>;
  /** What to say of a run while the others are still to come. */
  describe(run: Run): string;
}

/** Code gets cheaper for its first thousands of calls, on either side. */
export const WARM_UPS = 2;

/**
 * Runs the contenders in turn, round by round, so that what disturbs the machine disturbs all of them.
 * Round 0 warms up, is made more than once and is not kept. Returns the runs of each contender, in the order of
 * `contenders`.
 */
export async function interleave<Run>(
  contenders: readonly Contender<Run>[],
  { runs, say }: Pick<RunOptions, 'runs' | 'say'>,
  watch: LimitWatch,
): Promise<Run[][]> {
  const kept: Run[][] = contenders.map(() => []);
  for (const { run, warmUps = WARM_UPS } of contenders) {
    for (let warmUp = 0; warmUp < warmUps; warmUp += 1) await run(0);
  }
  const rounds = Math.max(...contenders.map((contender) => contender.runs ?? runs));
  for (let round = 1; round <= rounds; round += 1) {
    for (const [index, contender] of contenders.entries()) {
      if (round > (contender.runs ?? runs)) continue;
      const run = await watch.during(() => contender.run(round));
      kept[index]?.push(run);
      say(`run ${round}: ${contender.name} ${contender.describe(run)}`);
    }
  }
  return kept;
}
