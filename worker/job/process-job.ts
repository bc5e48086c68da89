import { DEADLINE_GRACE_MS } from '../../shared/contract/limits.ts';
import type { JobMessage } from '../../shared/contract/message.ts';
import { isDone } from '../../shared/contract/states.ts';
import { type End, endWrite, isOverdue } from '../../shared/job/ends.ts';
import { checkClaim } from '../../shared/job/presence.ts';
import type { JobRecord } from '../../shared/job/record.ts';
import { settleOverdue } from '../../shared/job/settle-overdue.ts';
import { type ClaimableJob, untouchedJob } from '../../shared/job/untouched-job.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { Store } from '../../shared/ports/store.ts';
import { ack, type DeliveryOutcome, retryAfterMs } from '../consume/outcome.ts';
import type { ActiveJob } from './active-jobs.ts';
import { type ClaimDeps, type ClaimedJob, claimJob } from './claim-job.ts';
import { isSettled } from './panel-calls.ts';
import type { Suspects } from './suspects.ts';
import { SHORTEST_CALL_MS, SLOT_PATIENCE_MS } from './timing.ts';

export interface ProcessDeps extends ClaimDeps {
  store: Store;
  clock: Clock;
  claimCap: number;
  suspects: Suspects;
  runJob: (claimed: ClaimedJob) => Promise<DeliveryOutcome>;
  onEnded: (job: JobRecord) => void;
}

const LOOKS_MAX = 5;
/** A suspect that must wait for others is looked at again after this long. */
const SUSPECT_WAIT_MS = 2000;

/** What one look at a job leads to: an outcome, a claim, or, where an end was refused, another look. */
type Step = { kind: 'outcome'; outcome: DeliveryOutcome } | { kind: 'claim' } | { kind: 'look_again' };

/** Decides what a message means for its job as it stands now, and runs the job where this worker may take it. */
export async function processJob(
  message: JobMessage,
  active: ActiveJob,
  deps: ProcessDeps,
): Promise<DeliveryOutcome> {
  try {
    const taken = (await claimUntouched(message, deps)) ?? (await lookAndClaim(message.jobId, deps));
    if (!('run' in taken)) return taken;
    active.attach(taken.run);
    return await deps.runJob(taken);
  } finally {
    deps.suspects.leave(message.jobId);
  }
}

/** Most jobs are as they were put when their message comes: they need not be read before they are claimed. */
async function claimUntouched(
  { jobId, untouched }: JobMessage,
  deps: ProcessDeps,
): Promise<ClaimedJob | undefined> {
  if (!untouched) return undefined;
  const job = untouchedJob(jobId, untouched);
  const now = deps.clock.now();
  return isOverdue(job, now) || workableAt(job, now) > now ? undefined : claimJob(job, deps);
}

async function lookAndClaim(jobId: string, deps: ProcessDeps): Promise<ClaimedJob | DeliveryOutcome> {
  for (let look = 0; look < LOOKS_MAX; look += 1) {
    const job = await deps.store.getJob(jobId);
    // An id that does not exist is a submit that was taken back.
    if (!job || job.deleted || isDone(job.status)) return ack;
    const step = await decideStep(job, deps);
    if (step.kind === 'outcome') return step.outcome;
    const claimed = step.kind === 'claim' ? await claimJob(job, deps, job) : undefined;
    if (claimed) return claimed;
  }
  return retryAfterMs(1000);
}

async function decideStep(job: JobRecord, deps: ProcessDeps): Promise<Step> {
  const now = deps.clock.now();
  if (isOverdue(job, now)) {
    const { ended } = await settleOverdue(deps.store, job, now);
    if (ended) deps.onEnded(ended);
    return { kind: 'outcome', outcome: ack };
  }
  const owned = await ownedElsewhere(job, deps);
  if (owned) return { kind: 'outcome', outcome: owned };
  if (job.status === 'canceling') return endUnowned(job, { status: 'canceled' }, deps);
  if (job.claims >= deps.claimCap) return endUnowned(job, poisonEnd(job), deps);
  const later = workableAt(job, now);
  if (later > now) return { kind: 'outcome', outcome: retryAfterMs(later - now) };
  if (!deps.suspects.tryEnter(job)) return { kind: 'outcome', outcome: retryAfterMs(SUSPECT_WAIT_MS) };
  return { kind: 'claim' };
}

async function ownedElsewhere(job: JobRecord, deps: ProcessDeps): Promise<DeliveryOutcome | undefined> {
  // A job that names this worker, and is not among its active ones, was forgotten by it.
  if (job.owner === undefined || job.owner === deps.workerId) return undefined;
  const owner = await deps.store.getPresence(job.owner);
  const check = checkClaim(job, owner, deps.clock.now(), deps.visibilitySeconds * 1000);
  return check.mayClaim ? undefined : retryAfterMs(check.retryAfterMs);
}

async function endUnowned(job: JobRecord, end: End, deps: ProcessDeps): Promise<Step> {
  const result = await deps.store.writeJob(endWrite(job, end, deps.clock.now()), job);
  if (!result.applied) return { kind: 'look_again' };
  deps.onEnded(result.job);
  return { kind: 'outcome', outcome: ack };
}

function poisonEnd(job: JobRecord): End {
  return {
    status: 'failed',
    error: {
      code: 'poison',
      message: `${job.claims} workers took the job and none lived to end it; the answers that arrived are kept.`,
      retryable: false,
    },
  };
}

/** When work on the job makes sense: not in its last moments, and not while every provider said "much later". */
function workableAt(job: ClaimableJob, now: number): number {
  if (now + SHORTEST_CALL_MS >= job.deadline_at) return job.deadline_at + DEADLINE_GRACE_MS;
  const open = job.panel.filter(({ id }) => !isSettled(job, id));
  const earliest = Math.min(...open.map(({ id }) => job.waits[id]?.until ?? now));
  return open.length > 0 && earliest - now > SLOT_PATIENCE_MS ? earliest : now;
}
