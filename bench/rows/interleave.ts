import type { LimitWatch } from '../stage/limit-watch.ts';
import type { RunOptions } from './benchmark.ts';

export interface Contender<Run> {
  name: string;
  /** How often it runs before anything is kept; default `WARM_UPS`. */
  warmUps?: number;
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
  for (let round = 0; round <= runs; round += 1) {
    for (const [index, contender] of contenders.entries()) {
      if (round === 0) {
        const { warmUps = WARM_UPS } = contender;
        for (let warmUp = 0; warmUp < warmUps; warmUp += 1) await contender.run(round);
        continue;
      }
      const run = await watch.during(() => contender.run(round));
      kept[index]?.push(run);
      say(`run ${round}: ${contender.name} ${contender.describe(run)}`);
    }
  }
  return kept;
}

/**
 * Runs all contenders at the same time, round by round: what disturbs the machine for a second disturbs all of them
 * alike. `warmUps` rounds before are not kept. Returns the runs of each contender, in the order of `contenders`.
 */
export async function runAtOnce<Run>(
  contenders: readonly Contender<Run>[],
  { warmUps, runs, say }: Pick<RunOptions, 'runs' | 'say'> & { warmUps: number },
  watch: LimitWatch,
): Promise<Run[][]> {
  const kept: Run[][] = contenders.map(() => []);
  for (let warmUp = 0; warmUp < warmUps; warmUp += 1) await Promise.all(contenders.map(({ run }) => run(0)));
  for (let round = 1; round <= runs; round += 1) {
    const ended = await watch.during(() => Promise.all(contenders.map(({ run }) => run(round))));
    for (const [index, run] of ended.entries()) {
      kept[index]?.push(run);
      say(`run ${round}: ${contenders[index]?.name} ${contenders[index]?.describe(run)}`);
    }
  }
  return kept;
}
