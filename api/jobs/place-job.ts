import type { JobRecord } from '../../shared/job/record.ts';
import { StoreUnavailableError } from '../../shared/ports/store.ts';
import { inSpan } from '../../shared/telemetry/spans.ts';
import type { ApiDeps } from '../deps.ts';
import { unconfirmed, withdrawn } from './outage.ts';
import type { GiveBack } from './quotas.ts';

type Placing = Pick<ApiDeps, 'store' | 'quotas'>;

/** A job's row is there: its own, or the `existing` one of its id. */
export interface Placed {
  existing: JobRecord | undefined;
  /** Takes back that its question was counted. */
  giveBack: GiveBack;
}

const UNCOUNTED: GiveBack = async () => {};

/** Puts a job where none of its id stands; otherwise resolves to that one. */
export async function putOnce(
  { store }: Pick<Placing, 'store'>,
  job: JobRecord,
): Promise<JobRecord | undefined> {
  const result = await inSpan('put job', { attributes: { 'iscoolgpt.job.id': job.id } }, () =>
    store.createJob(job),
  );
  return result.created ? undefined : result.existing;
}

/**
 * Makes sure that nothing of a job is left; false where a worker has it already. With a key the row stays, for the
 * key to find. Throws `submit_unconfirmed` where it may still be there.
 */
async function takeBack({ store }: Placing, job: JobRecord, cause: unknown): Promise<boolean> {
  if (job.keyed) throw unconfirmed(job, cause);
  try {
    return await store.deleteUnclaimedJob(job.id);
  } catch (error) {
    throw unconfirmed(job, error);
  }
}

/** Takes back a job whose put or send is not certain. Resolves where a worker has it already. */
export async function withdraw(
  deps: Placing,
  job: JobRecord,
  giveBack: GiveBack,
  cause: unknown,
): Promise<void> {
  if (!(await takeBack(deps, job, cause))) return;
  await giveBack();
  throw withdrawn(cause);
}

async function put(
  deps: Placing,
  job: JobRecord,
  giveBack: GiveBack,
  putting = putOnce(deps, job),
): Promise<Placed> {
  try {
    return { existing: await putting, giveBack };
  } catch (error) {
    if (!(error instanceof StoreUnavailableError)) {
      await giveBack();
      throw error;
    }
    await withdraw(deps, job, giveBack, error);
    return { existing: undefined, giveBack };
  }
}

async function countThenPut(deps: Placing, job: JobRecord): Promise<Placed | undefined> {
  const giveBack = await deps.quotas.count(job.client);
  return giveBack && put(deps, job, giveBack);
}

async function countAndPut(deps: Placing, job: JobRecord): Promise<Placed> {
  const putting = putOnce(deps, job);
  const [counted] = await Promise.allSettled([deps.quotas.count(job.client), putting]);
  if (counted.status === 'fulfilled' && counted.value) return put(deps, job, counted.value, putting);
  const refusal = counted.status === 'rejected' ? counted.reason : deps.quotas.exceeded();
  if (await takeBack(deps, job, refusal)) throw refusal;
  return { existing: undefined, giveBack: UNCOUNTED };
}

/**
 * Counts the question and puts the job; undefined where the quota is used up.
 * Both at once, where nobody can know of the row before its client does: then it can be taken back. What another
 * request may have found by its key cannot, and a client that was refused before would only be so again.
 */
export async function placeJob(
  deps: Placing,
  job: JobRecord,
  { counted }: { counted: boolean },
): Promise<Placed | undefined> {
  if (!counted) return put(deps, job, UNCOUNTED);
  const inOrder = job.keyed || deps.quotas.hasRefused(job.client);
  return inOrder ? countThenPut(deps, job) : countAndPut(deps, job);
}
