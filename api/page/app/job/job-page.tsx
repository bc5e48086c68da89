import type { JSX } from 'preact';
import type { Connection, JobView } from '../../../client.ts';
import { useShelf } from '../history/job-shelf.ts';
import { useSurroundings } from '../surroundings.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { Cost } from './cost.tsx';
import { useFollowing } from './follow-job.ts';
import { JobActions } from './job-actions.tsx';
import { JobHead } from './job-head.tsx';
import { MergedAnswer } from './merged-answer.tsx';
import { Notices } from './notices.tsx';
import { ProviderList } from './provider-list.tsx';
import { useAnnouncements } from './use-announcements.ts';

function ConnectionNotice({ connection }: { connection: Connection | undefined }): JSX.Element | null {
  const { say } = useSurroundings();
  if (connection !== 'lost' && connection !== 'polling') return null;
  return (
    <p class="notice" data-kind={connection === 'lost' ? 'warn' : undefined} role="status">
      {say.connection[connection]}
    </p>
  );
}

function JobBody({ job }: { job: JobView }): JSX.Element {
  return (
    <>
      <JobHead job={job} />
      <JobActions key={job.id} job={job} />
      <Notices job={job} />
      <ProviderList key={`${job.id} providers`} job={job} />
      <MergedAnswer job={job} />
      <Cost ledger={job.ledger} />
    </>
  );
}

/** One job: shown as it was last seen, followed until it is done. */
export function JobPage({ id }: { id: string }): JSX.Element {
  const { say, shelf } = useSurroundings();
  const { connection, failure, retry } = useFollowing(id);
  const job = useShelf(shelf).get(id);
  useAnnouncements(job);
  return (
    <>
      {!job && (
        <h1 tabIndex={-1} class={failure === undefined ? 'loading' : undefined}>
          {failure === undefined ? say.job.loading : say.job.heading}
        </h1>
      )}
      {failure !== undefined && <FailureNotice failure={failure} retry={retry} />}
      {job && !job.done && <ConnectionNotice connection={connection} />}
      {job && <JobBody job={job} />}
    </>
  );
}
