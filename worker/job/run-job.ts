import { isDone } from '../../shared/contract/states.ts';
import { type End, endWrite } from '../../shared/job/ends.ts';
import { nextDueAt } from '../../shared/job/new-job.ts';
import type { JobRecord } from '../../shared/job/record.ts';
import { releaseWrite } from '../../shared/job/transitions.ts';
import { inSpan } from '../../shared/telemetry/spans.ts';
import { ack, type DeliveryOutcome, retryAfterMs } from '../consume/outcome.ts';
import { buildTutorPrompt } from '../providers/tutor-prompt.ts';
import type { ClaimedJob } from './claim-job.ts';
import { Consultation, type ConsultationDeps } from './consultation.ts';
import type { JobRun } from './job-run.ts';
import { AnswersChanged, KeptAnswers, type Look, standingOn } from './kept-answers.ts';
import { type MergeDeps, mergeAnswers } from './merge-answers.ts';
import { type Timing, timingOf } from './timing.ts';

export interface RunDeps extends ConsultationDeps, MergeDeps {
  mergeReserveSeconds: number;
  systemPrompt: string;
  visibilitySeconds: number;
  /** Whether calls under way at the end of a job go on until its deadline, their answers kept as late. */
  stragglers: 'keep' | 'abort';
  /** Told of calls that outlive their job; `ended` resolves with the last of them. */
  onStragglers: (run: JobRun, ended: Promise<void>) => void;
  onEnded: (job: JobRecord) => void;
}

/** Consults, merges and ends a claimed job; resolves when its messages can be settled. */
export async function runJob({ run, firstCalls }: ClaimedJob, deps: RunDeps): Promise<DeliveryOutcome> {
  const timing = timingOf(run.job, deps.mergeReserveSeconds);
  const answers = new KeptAnswers(run, deps.gates);
  const consultation = new Consultation(run, timing, answers, deps);
  consultation.start(buildTutorPrompt(run.job.question, run.job.language, deps.systemPrompt), firstCalls);
  try {
    for (;;) {
      const verdict = await consultation.wait();
      if (verdict.kind === 'parked') {
        await consultation.close();
        return await release(run, verdict.until, deps);
      }
      const stragglers = consultation.close();
      const outcome = await mergeAndEnd(run, answers.look(), timing, deps);
      if (!outcome) continue;
      if (deps.stragglers === 'abort') run.abortCalls();
      deps.onStragglers(run, stragglers);
      return outcome;
    }
  } catch (error) {
    // Calls under way end first: a job that is given back must not be asked about twice at once.
    await consultation.close();
    return leave(run, error, deps);
  }
}

/** Undefined where the answers have become others meanwhile. */
async function mergeAndEnd(
  run: JobRun,
  look: Look,
  timing: Timing,
  deps: RunDeps,
): Promise<DeliveryOutcome | undefined> {
  try {
    const end = await mergeAnswers(run, look, timing, deps);
    return await inSpan('finish job', { attributes: { 'iscoolgpt.status': end.status } }, () =>
      writeEnd(run, look, end, deps),
    );
  } catch (error) {
    if (error instanceof AnswersChanged) return undefined;
    throw error;
  }
}

async function writeEnd(run: JobRun, look: Look, end: End, deps: RunDeps): Promise<DeliveryOutcome> {
  run.signal.throwIfAborted();
  const build = standingOn(look, (job) => endWrite(job, end, deps.clock.now()));
  const result = await run.writer.write(build, 'end');
  if (result.applied) deps.onEnded(result.job);
  else if (!result.job || !isDone(result.job.status)) run.signal.throwIfAborted();
  return ack;
}

/** Gives the job back, to be taken again at `at` (epoch milliseconds). */
async function release(run: JobRun, at: number, { clock }: RunDeps): Promise<DeliveryOutcome> {
  await run.writer.write((job) => releaseWrite(job, nextDueAt(job, at)), 'end');
  return retryAfterMs(at - clock.now());
}

/** How a run that was stopped leaves its job; rethrows what nobody asked for. */
async function leave(run: JobRun, error: unknown, deps: RunDeps): Promise<DeliveryOutcome> {
  switch (run.stopCause) {
    case 'ended':
      return ack;
    case 'canceled':
      return endCanceled(run, deps);
    case 'shutdown':
      return release(run, deps.clock.now(), deps);
    case 'lost':
      // Whoever has the job now ends it; this message then finds it ended.
      return retryAfterMs((deps.visibilitySeconds * 1000) / 3);
    default:
      throw error;
  }
}

async function endCanceled(run: JobRun, deps: RunDeps): Promise<DeliveryOutcome> {
  const end: End = { status: 'canceled' };
  const result = await run.writer.write((job) => endWrite(job, end, deps.clock.now()), 'end');
  if (result.applied) deps.onEnded(result.job);
  return ack;
}
