import type { JobRecord, StoredAnswer } from '../../shared/job/record.ts';

/** Another job's answers as they stand in a job that made no call for them: nothing was used, nothing spent. */
export function copyAnswers({ answers }: JobRecord): Record<string, StoredAnswer> {
  return Object.fromEntries(
    Object.entries(answers).map(([provider, answer]) => [
      provider,
      { ...answer, usage: null, cost: { usd: 0, priced: true } },
    ]),
  );
}
