import { DEADLINE_GRACE_MS, LIMITS } from '../../shared/contract/limits.ts';
import { isDone } from '../../shared/contract/states.ts';
import { hashOf, jobIdOfKey } from '../../shared/job/ids.ts';
import type { JobRecord } from '../../shared/job/record.ts';
import type { ApiDeps } from '../deps.ts';
import type { Caller } from '../jobs/plan-job.ts';
import { submitJob } from '../jobs/submit-job.ts';
import type { ChatQuestion } from './chat-request.ts';

/** What a response may take beyond the deadline until it is written. */
const ANSWER_MS = 1000;

/** So that the job has ended, and its answer is on its way, when whoever stands in between gives up on the response. */
export function chatDeadlineSeconds({ maxWaitSeconds }: Pick<ApiDeps['config'], 'maxWaitSeconds'>): number {
  const seconds = maxWaitSeconds - (DEADLINE_GRACE_MS + ANSWER_MS) / 1000;
  return Math.max(LIMITS.deadlineSecondsMin, seconds);
}

/** The first key of a period whose job does not stand or still runs: those before it have ended. */
async function openKey(
  { store }: ApiDeps,
  client: string,
  prefix: string,
): Promise<{ key: string; running: boolean }> {
  for (let turn = 0; ; turn += 1) {
    const key = `${prefix}:${turn}`;
    const job = await store.getJob(jobIdOfKey(client, key));
    if (!job) return { key, running: false };
    if (!job.deleted && !isDone(job.status)) return { key, running: true };
  }
}

/**
 * A key that a request shares with those like it that still run, and with none that has ended. A job is over
 * before two periods are, so it stands under a key of this one or of the one before.
 */
async function sharedKey(deps: ApiDeps, client: string, asked: string): Promise<string> {
  const periodMs = chatDeadlineSeconds(deps.config) * 1000 + DEADLINE_GRACE_MS;
  const period = Math.floor(deps.clock.now() / periodMs);
  const [before, now] = await Promise.all(
    [period - 1, period].map((number) => openKey(deps, client, `chat:${asked}:${number}`)),
  );
  return (before?.running ? before : now)?.key ?? '';
}

/** The job of a conversation: one that runs already for the same client and the same words, or a new one. */
export async function joinJob(
  deps: ApiDeps,
  caller: Omit<Caller, 'payloadHash'>,
  { question, mode }: ChatQuestion,
): Promise<JobRecord> {
  const payloadHash = hashOf('chat', question, mode);
  const idempotencyKey = caller.idempotencyKey ?? (await sharedKey(deps, caller.client, payloadHash));
  const request = {
    question,
    mode,
    strategy: 'synthesis' as const,
    deadline_seconds: chatDeadlineSeconds(deps.config),
    metadata: {},
    cache: true,
  };
  const { job } = await submitJob(deps, { ...caller, payloadHash, idempotencyKey }, request);
  return job;
}
