import { absent, type JobWrite, present } from './job-write.ts';
import type { Attempt, JobRecord, ProviderFailure, ProviderWait, StoredAnswer } from './record.ts';
import { stillRunning } from './transitions.ts';

/**
 * Answers are facts: whoever paid for one may store it, owner or not, before the end or after it,
 * as long as this provider has none yet.
 */
export function answerWrite(jobId: string, answer: StoredAnswer, attempt: Attempt): JobWrite {
  const { provider } = attempt;
  return {
    id: jobId,
    require: [absent('answers', provider), present('ledger', answer.attempt)],
    set: [
      [['answers', provider], answer],
      [['ledger', answer.attempt], attempt],
    ],
    remove: [
      ['waits', provider],
      ['failures', provider],
    ],
    revise: true,
  };
}

/** How a call ended is a fact too. */
export function outcomeWrite(jobId: string, attemptId: string, attempt: Attempt): JobWrite {
  return {
    id: jobId,
    require: [present('ledger', attemptId)],
    set: [[['ledger', attemptId], attempt]],
    remove: [],
    revise: true,
  };
}

export type ProviderVerdict =
  | { kind: 'failed'; failure: ProviderFailure }
  | { kind: 'wait'; wait: ProviderWait };

/** What follows from a failed call, no more of them or one later, is the owner's decision. */
export function verdictWrite(
  job: JobRecord,
  provider: string,
  verdict: ProviderVerdict,
  line?: { attemptId: string; attempt: Attempt },
): JobWrite {
  return {
    id: job.id,
    require: stillRunning(job),
    set: [
      ...(line ? [[['ledger', line.attemptId], line.attempt] as const] : []),
      verdict.kind === 'failed'
        ? [['failures', provider], verdict.failure]
        : [['waits', provider], verdict.wait],
    ],
    remove: verdict.kind === 'failed' ? [['waits', provider]] : [],
    revise: true,
  };
}
