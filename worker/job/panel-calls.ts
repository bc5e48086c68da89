import type { Attempt, JobRecord } from '../../shared/job/record.ts';
import type { ClaimableJob } from '../../shared/job/untouched-job.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { Gate, Turn } from '../providers/gate.ts';

/** A call that may be made once its line stands in the ledger. */
export interface OpenedCall {
  provider: string;
  attemptId: string;
  attempt: Attempt;
  turn: Turn;
}

/** Whom the worker can ask: by id, and only under the model that the job names. */
export type Gates = ReadonlyMap<string, Gate>;

export function gateOf(gates: Gates, member: { id: string; model: string }): Gate | undefined {
  const gate = gates.get(member.id);
  return gate?.provider.model === member.model ? gate : undefined;
}

export function answerAttempts(job: Pick<JobRecord, 'ledger'>, provider: string): number {
  return Object.values(job.ledger).filter(
    (attempt) => attempt.purpose === 'answer' && attempt.provider === provider,
  ).length;
}

export function isSettled(job: Pick<JobRecord, 'answers' | 'failures'>, provider: string): boolean {
  return job.answers[provider] !== undefined || job.failures[provider] !== undefined;
}

export function openCall(
  job: Pick<JobRecord, 'ledger'>,
  provider: string,
  turn: Turn,
  fence: number,
  now: number,
): OpenedCall {
  return {
    provider,
    attemptId: `${provider}:${answerAttempts(job, provider) + 1}`,
    attempt: { provider, purpose: 'answer', fence, started_at: now },
    turn,
  };
}

/** The calls that can start at once, so that their ledger lines share the claim's write. */
export function openFirstCalls(
  job: ClaimableJob,
  gates: Gates,
  options: { attemptCap: number; clock: Clock },
): OpenedCall[] {
  const now = options.clock.now();
  return job.panel.flatMap((member) => {
    const waits = (job.waits[member.id]?.until ?? 0) > now;
    if (isSettled(job, member.id) || waits || answerAttempts(job, member.id) >= options.attemptCap) return [];
    const turn = gateOf(gates, member)?.tryTurn();
    return turn ? [openCall(job, member.id, turn, job.fence + 1, now)] : [];
  });
}

export function ledgerOf(calls: readonly OpenedCall[]): Record<string, Attempt> {
  return Object.fromEntries(calls.map(({ attemptId, attempt }) => [attemptId, attempt]));
}
