import type { JobRecord } from '../../shared/job/record.ts';
import { sendJob } from '../../shared/job/send-job.ts';
import type { ApiDeps } from '../deps.ts';
import { placeJob, withdraw } from './place-job.ts';
import type { Identity } from './plan-job.ts';
import type { GiveBack } from './quotas.ts';
import { replay } from './replay.ts';

export interface Accepted {
  job: JobRecord;
  /** The job was there before, by the same key. */
  replayed: boolean;
}

type Accepting = Pick<ApiDeps, 'store' | 'queue' | 'clock' | 'quotas'>;

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
  if (!replayed) throw deps.quotas.exceeded();
  return replayed;
}

/** Put, then send: once this resolves, the job ends, whatever crashes. */
export async function acceptJob(
  deps: Accepting,
  job: JobRecord,
  { counted }: { counted: boolean },
): Promise<Accepted> {
  const placed = await placeJob(deps, job, { counted });
  if (!placed) return replayOrRefuse(deps, job);
  const { existing, giveBack } = placed;
  if (existing) {
    await giveBack();
    return { job: await replay(deps, existing, job.payload_hash), replayed: true };
  }
  await send(deps, job, giveBack);
  return { job, replayed: false };
}
