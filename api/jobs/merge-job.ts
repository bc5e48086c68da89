import type { Strategy } from '../../shared/contract/job-request.ts';
import { LIMITS } from '../../shared/contract/limits.ts';
import { ProblemError } from '../../shared/contract/problem.ts';
import { isDone } from '../../shared/contract/states.ts';
import { newJob } from '../../shared/job/new-job.ts';
import type { JobRecord, ProviderFailure } from '../../shared/job/record.ts';
import type { ApiDeps } from '../deps.ts';
import { observeSubmit } from '../metrics.ts';
import { type Accepted, acceptJob, replayOf } from './accept-job.ts';
import { copyAnswers } from './copied-answers.ts';
import { type Caller, type Identity, identify } from './plan-job.ts';
import { readOwnJob } from './read-job.ts';

const NOT_CONSULTED: ProviderFailure = {
  code: 'not_consulted',
  message: 'This job merges the answers of another; it calls no provider for more.',
  retryable: false,
};

/** Every provider without an answer is marked as done with, so that no worker calls one. */
function copyFailures(source: JobRecord): Record<string, ProviderFailure> {
  const silent = source.panel.filter(({ id }) => !source.answers[id]);
  return Object.fromEntries(silent.map(({ id }) => [id, source.failures[id] ?? NOT_CONSULTED]));
}

function planMerge(deps: ApiDeps, identity: Identity, source: JobRecord, strategy: Strategy): JobRecord {
  const merging = newJob(
    {
      ...identity,
      question: source.question,
      mode: source.mode,
      strategy,
      language: source.language,
      metadata: source.metadata,
      panel: source.panel,
      simulated: source.simulated,
      quorum: Math.min(source.quorum, Object.keys(source.answers).length),
      deadlineSeconds: LIMITS.deadlineSecondsDefault,
    },
    deps.clock.now(),
  );
  return {
    ...merging,
    answers: copyAnswers(source),
    failures: copyFailures(source),
    merged_from: source.id,
  };
}

async function merge(deps: ApiDeps, caller: Caller, sourceId: string, strategy: Strategy): Promise<Accepted> {
  const identity = identify(deps, caller);
  const replayed = await replayOf(deps, identity);
  if (replayed) return replayed;
  const source = await readOwnJob(deps, caller.client, sourceId);
  if (!isDone(source.status)) {
    throw new ProblemError('still_running', 'Merge again when the job has ended, or cancel it first.');
  }
  if (Object.keys(source.answers).length === 0) {
    throw new ProblemError('no_answers', 'No provider has answered this job: ask again instead.');
  }
  await deps.backlog.assertRoom();
  return acceptJob(deps, planMerge(deps, identity, source, strategy), { counted: false });
}

/** Merges the answers that an ended job has kept once more, as a new job; the ended one stays as it is. */
export function mergeJob(
  deps: ApiDeps,
  caller: Caller,
  sourceId: string,
  strategy: Strategy,
): Promise<Accepted> {
  return observeSubmit(deps.meters, () => merge(deps, caller, sourceId, strategy));
}
