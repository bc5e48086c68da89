import { DEADLINE_GRACE_MS } from '../../shared/contract/limits.ts';
import type { JobRecord } from '../../shared/job/record.ts';
import { claimWrite } from '../../shared/job/transitions.ts';
import type { ClaimableJob } from '../../shared/job/untouched-job.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import { inSpan } from '../../shared/telemetry/spans.ts';
import { JobRun } from './job-run.ts';
import type { SendWrite } from './job-writer.ts';
import { type Gates, ledgerOf, type OpenedCall, openFirstCalls } from './panel-calls.ts';

export interface ClaimDeps {
  workerId: string;
  clock: Clock;
  gates: Gates;
  attemptCap: number;
  visibilitySeconds: number;
  /** Writes, asking again while the store cannot be reached. */
  send: SendWrite;
}

export interface ClaimedJob {
  run: JobRun;
  /** Counted by the claim; to be made now. */
  firstCalls: OpenedCall[];
}

/**
 * Takes the job under a new fence, together with the calls that start at once; undefined where it moved on.
 * `known`: the job, where it was read.
 */
export function claimJob(
  job: ClaimableJob,
  deps: ClaimDeps,
  known?: JobRecord,
): Promise<ClaimedJob | undefined> {
  return inSpan('claim job', {}, async (span) => {
    const claimed = await claim(job, deps, known);
    span.setAttributes({ 'iscoolgpt.claimed': claimed !== undefined, 'iscoolgpt.claims': job.claims + 1 });
    return claimed;
  });
}

async function claim(
  job: ClaimableJob,
  deps: ClaimDeps,
  known: JobRecord | undefined,
): Promise<ClaimedJob | undefined> {
  const firstCalls = openFirstCalls(job, deps.gates, deps);
  const now = deps.clock.now();
  const asked = {
    owner: deps.workerId,
    now,
    dueAt: dueAfterClaim(job, now, deps),
    attempts: ledgerOf(firstCalls),
  };
  let claimed: JobRecord | undefined;
  try {
    const seen = { deadlineAt: job.deadline_at, ...(known && { known }) };
    const result = await deps.send(claimWrite(job, asked), seen);
    claimed = result.applied || isOurs(result.job, job, asked) ? result.job : undefined;
  } finally {
    if (!claimed) for (const { turn } of firstCalls) turn.giveBack();
  }
  if (!claimed) return undefined;
  return { run: new JobRun(claimed, deps.send, deps.clock), firstCalls };
}

/** The sweeper looks at a claimed job only once a lost owner's message should long have come again. */
function dueAfterClaim(job: ClaimableJob, now: number, { visibilitySeconds }: ClaimDeps): number {
  return Math.min(now + 3 * visibilitySeconds * 1000, job.deadline_at + DEADLINE_GRACE_MS);
}

/** A claim whose response was lost is refused when it is sent again: what stands there is ours all the same. */
function isOurs(
  found: JobRecord | undefined,
  before: ClaimableJob,
  claim: { owner: string; now: number },
): found is JobRecord {
  return found?.owner === claim.owner && found.fence === before.fence + 1 && found.claimed_at === claim.now;
}
