import { systemClock, systemRandom } from '../../shared/adapters/system/system-clock.ts';
import { defaultQuorum, type NewJob, newJob } from '../../shared/job/new-job.ts';
import type { JobRecord, PanelMember } from '../../shared/job/record.ts';

/** A queued job as the API puts it. */
export function benchJob(question: string, panel: PanelMember[], over: Partial<NewJob> = {}): JobRecord {
  const id = systemRandom.id();
  const job: NewJob = {
    id,
    client: 'bench',
    payloadHash: 'hash',
    createToken: id,
    keyed: false,
    traceId: id,
    question,
    mode: 'balanced',
    strategy: 'consensus',
    metadata: {},
    panel,
    simulated: false,
    quorum: defaultQuorum(panel.length),
    deadlineSeconds: 900,
    ...over,
  };
  return newJob(job, systemClock.now());
}
