import { ProblemError } from '../../shared/contract/problem.ts';
import type { ApiDeps } from '../deps.ts';

const DAY_MS = 24 * 3600 * 1000;

/** Takes back what was counted. It never rejects: a question too many in the count hurts less than an error here. */
export type GiveBack = () => Promise<void>;

/** Counts a question of today (UTC); undefined where the client has no more of them. */
export async function countQuestion(
  { store, clock, config, log }: Pick<ApiDeps, 'store' | 'clock' | 'config' | 'log'>,
  client: string,
): Promise<GiveBack | undefined> {
  const day = new Date(clock.now()).toISOString().slice(0, 10);
  if (!(await store.countQuestion(client, day, config.dailyQuota))) return undefined;
  return async () => {
    try {
      await store.uncountQuestion(client, day);
    } catch (error) {
      log.warn({ err: error, client }, 'a question that was not accepted stays counted');
    }
  };
}

export function quotaExceeded({ clock, config }: Pick<ApiDeps, 'clock' | 'config'>): ProblemError {
  const untilMidnightMs = DAY_MS - (clock.now() % DAY_MS);
  return new ProblemError(
    'quota_exceeded',
    `The ${config.dailyQuota} questions of today (UTC) are used up.`,
    {
      retryAfterSeconds: Math.ceil(untilMidnightMs / 1000),
    },
  );
}
