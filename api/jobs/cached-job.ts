import { applyWrite } from '../../shared/job/apply-write.ts';
import { endWrite } from '../../shared/job/ends.ts';
import type { JobRecord } from '../../shared/job/record.ts';
import type { ApiDeps } from '../deps.ts';
import { copyAnswers } from './copied-answers.ts';

async function findSource({ store }: Pick<ApiDeps, 'store'>, job: JobRecord): Promise<JobRecord | undefined> {
  if (job.cache_hash === undefined) return undefined;
  const entry = await store.getCached(job.client, job.cache_hash);
  const source = entry && (await store.getJob(entry.jobId));
  const usable =
    source &&
    !source.deleted &&
    source.client === job.client &&
    source.status === 'succeeded' &&
    !source.degraded;
  return usable ? source : undefined;
}

/** The planned job, ended at once by what another was answered; undefined where nothing stands for it. */
export async function answerFromCache(
  { store, clock }: Pick<ApiDeps, 'store' | 'clock'>,
  planned: JobRecord,
): Promise<JobRecord | undefined> {
  const source = await findSource({ store }, planned);
  if (!source) return undefined;
  const running: JobRecord = {
    ...planned,
    status: 'running',
    answers: copyAnswers(source),
    failures: source.failures,
    cached_from: source.id,
  };
  const verdict = {
    considered: source.considered ?? [],
    filtered: source.filtered,
    quorumGot: source.quorum_got,
    degraded: false,
    merged: source.merged,
  };
  return applyWrite(running, endWrite(running, { status: 'succeeded', verdict }, clock.now()));
}
