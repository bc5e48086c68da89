import { randomUUID } from 'node:crypto';
import type { JobView } from '../../shared/contract/job.ts';
import type { Check } from './checks.ts';
import { type Deployment, insist, jsonOf, type Reply } from './deployment.ts';

function accepted(reply: Reply): JobView {
  insist(reply.status === 202, '202, accepted', reply);
  const job = jsonOf<JobView>(reply);
  insist(reply.headers.get('location') === `/v1/jobs/${job.id}`, 'Location to name the job', reply);
  return job;
}

function insistAnswered(job: JobView): void {
  const said = JSON.stringify({
    status: job.status,
    error: job.error,
    providers: job.providers.map(({ state }) => state),
  });
  insist(job.status === 'succeeded', `job ${job.id} to succeed; it is ${said}`);
  insist((job.answer?.text ?? '').trim().length > 10, `job ${job.id} to have an answer; it is ${said}`);
  insist(job.ledger.calls.length >= 1, `job ${job.id} to count its calls; it is ${said}`);
}

async function cancelOne(deployment: Deployment): Promise<void> {
  const { id } = accepted(await deployment.submit({ mode: 'thorough' }));
  const reply = await deployment.ask(`/v1/jobs/${id}/cancel`, { method: 'POST' });
  // A worker may have been faster.
  insist([200, 202, 409].includes(reply.status), 'the cancel to be taken, or to be too late', reply);
  const { status } = await deployment.end(id);
  const wanted = reply.status === 409 ? 'succeeded' : 'canceled';
  insist(status === wanted, `job ${id} to end ${wanted} after ${reply.status}; it is ${status}`);
}

/** What costs a question each: the way through the queue, the workers and the providers. */
export const JOB_CHECKS: readonly Check[] = [
  {
    name: 'accepts a question, and answers it to who polls',
    run: async (deployment) => {
      const { id, status } = accepted(await deployment.submit());
      insist(status === 'queued', `a new job to be queued; it is ${status}`);
      insistAnswered(await deployment.end(id));
      const shown = await deployment.ask(`/v1/jobs/${id}`);
      const etag = shown.headers.get('etag') ?? '';
      const again = await deployment.ask(`/v1/jobs/${id}`, { headers: { 'if-none-match': etag } });
      insist(etag !== '' && again.status === 304, '304 for a job that did not change', again);
      const listed = await deployment.ask('/v1/jobs?limit=100');
      insist(listed.text.includes(id), `the list to show job ${id}`, listed);
    },
  },
  {
    name: 'tells each change to who listens',
    run: async (deployment) => {
      const { id } = accepted(await deployment.submit({ mode: 'fast' }));
      const events = await deployment.events(id);
      insist(events.length >= 1 && events.every(({ type }) => type === 'job'), 'events of the type job');
      const revisions = events.map(({ job }) => job.revision);
      const rising = revisions.every(
        (revision, index) => index === 0 || revision > (revisions[index - 1] ?? 0),
      );
      insist(rising, `revisions that rise; they are ${revisions}`);
      const last = events.at(-1)?.job;
      insist(last?.done === true, 'the stream to end with the job');
      insistAnswered(last);
    },
  },
  {
    name: 'makes one job of a request that is sent twice',
    run: async (deployment) => {
      const headers = { 'idempotency-key': `acceptance-${randomUUID()}` };
      const first = await deployment.submit({ mode: 'fast' }, headers);
      const second = await deployment.submit({ mode: 'fast' }, headers);
      const ids = [first, second].map((reply) => accepted(reply).id);
      insist(ids[0] === ids[1], 'the same job', second);
      insist(second.headers.get('idempotent-replayed') === 'true', 'the replay to say so', second);
      const other = await deployment.submit({ mode: 'thorough' }, headers);
      insist(other.status === 422, 'another request under the same key to be refused', other);
      insistAnswered(await deployment.end(ids[0] ?? ''));
    },
  },
  { name: 'cancels', run: cancelOne },
];
