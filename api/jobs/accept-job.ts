import type { JobRecord } from '../../shared/job/record.ts';
import { sendJob } from '../../shared/job/send-job.ts';
import { StoreUnavailableError } from '../../shared/ports/store.ts';
import { inSpan } from '../../shared/telemetry/spans.ts';
import type { ApiDeps } from '../deps.ts';
import { unconfirmed, withdrawn } from './outage.ts';
import type { Identity } from './plan-job.ts';
import { countQuestion, type GiveBack, quotaExceeded } from './quota.ts';
import { replay } from './replay.ts';

export interface Accepted {
  job: JobRecord;
  /** The job was there before, by the same key. */
  replayed: boolean;
}

type Accepting = Pick<ApiDeps, 'store' | 'queue' | 'clock' | 'config' | 'log'>;

const UNCOUNTED: GiveBack = async () => {};

/** Puts a job where none of its id stands; otherwise resolves to that one. */
export async function putOnce({ store }: Accepting, job: JobRecord): Promise<JobRecord | undefined> {
  const result = await inSpan('put job', { attributes: { 'iscoolgpt.job.id': job.id } }, () =>
    store.createJob(job),
  );
  return result.created ? undefined : result.existing;
}

/**
 * Makes sure that nothing of a job is left whose put or send is not certain.
 * With a key the row stays, for the key to find. Resolves where a worker has the job already.
 */
async function withdraw(deps: Accepting, job: JobRecord, giveBack: GiveBack, cause: unknown): Promise<void> {
  if (job.keyed) throw unconfirmed(job, cause);
  let gone: boolean;
  try {
    gone = await deps.store.deleteUnclaimedJob(job.id);
  } catch (error) {
    throw unconfirmed(job, error);
  }
  if (!gone) return;
  await giveBack();
  throw withdrawn(cause);
}

async function put(deps: Accepting, job: JobRecord, giveBack: GiveBack): Promise<JobRecord | undefined> {
  try {
    return await putOnce(deps, job);
  } catch (error) {
    if (!(error instanceof StoreUnavailableError)) {
      await giveBack();
      throw error;
    }
    await withdraw(deps, job, giveBack, error);
    return undefined;
  }
}

async function send(deps: Accepting, job: JobRecord, giveBack: GiveBack): Promise<void> {
  try {
    await sendJob(deps.queue, job);
  } catch (error) {
    await withdraw(deps, job, giveBack, error);
  }
}

/** The job that this key made before, if it did. */
export async function replayOf(
  deps: Accepting,
  identity: Pick<Identity, 'id' | 'keyed' | 'payloadHash'>,
): Promise<Accepted | undefined> {
  const existing = identity.keyed ? await deps.store.getJob(identity.id) : undefined;
  return existing && { job: await replay(deps, existing, identity.payloadHash), replayed: true };
}

/** The quota is used up; the same request may have used it a moment ago. */
async function replayOrRefuse(deps: Accepting, { id, keyed, payload_hash }: JobRecord): Promise<Accepted> {
  const replayed = await replayOf(deps, { id, keyed, payloadHash: payload_hash });
  if (!replayed) throw quotaExceeded(deps);
  return replayed;
}

/** Put, then send: once this resolves, the job ends, whatever crashes. */
export async function acceptJob(
  deps: Accepting,
  job: JobRecord,
  { counted }: { counted: boolean },
): Promise<Accepted> {
  const giveBack = counted ? await countQuestion(deps, job.client) : UNCOUNTED;
  if (!giveBack) return replayOrRefuse(deps, job);
  const existing = await put(deps, job, giveBack);
  if (existing) {
    await giveBack();
    return { job: await replay(deps, existing, job.payload_hash), replayed: true };
  }
  await send(deps, job, giveBack);
  return { job, replayed: false };
}
