import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { JobView } from '../../../client.ts';
import { stateOf } from '../job/state-of.ts';
import { PATHS } from '../route.ts';
import { useSurroundings } from '../surroundings.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { PageLink } from '../ui/page-link.tsx';
import { useShelf } from './job-shelf.ts';
import { matchesQuery } from './matches-query.ts';
import { useHistory } from './use-history.ts';

function Entry({ job, current }: { job: JobView; current: boolean }): JSX.Element {
  const { say, format, clock } = useSurroundings();
  return (
    <li>
      <PageLink to={PATHS.job(job.id)} class="entry" current={current}>
        <span class="entry-question">{job.question}</span>
        <span class="entry-state">
          <span class="dot" data-state={job.degraded ? 'degraded' : job.status} />
          {stateOf(job, say)} · {format.dateTime(job.created_at, clock.now())}
        </span>
      </PageLink>
    </li>
  );
}

/** The own jobs, those with the words searched for. Older ones are fetched when asked for. */
export function HistoryList({ currentId }: { currentId: string | undefined }): JSX.Element {
  const { say, shelf } = useSurroundings();
  const jobs = useShelf(shelf).all();
  const { loading, failure, loadOlder } = useHistory();
  const [query, setQuery] = useState('');
  const found = query.trim() === '' ? jobs : jobs.filter((job) => matchesQuery(job, query.trim()));

  return (
    <aside class="history" aria-labelledby="history-title">
      <h2 id="history-title">{say.history.title}</h2>
      <label class="sr-only" for="history-search">
        {say.history.search}
      </label>
      <input
        id="history-search"
        type="search"
        placeholder={say.history.search}
        value={query}
        onInput={(event) => setQuery(event.currentTarget.value)}
      />
      <ul>
        {found.map((job) => (
          <Entry key={job.id} job={job} current={job.id === currentId} />
        ))}
      </ul>
      <p class="muted" role="status">
        {loading && say.history.loading}
        {!loading && !failure && jobs.length === 0 && say.history.empty}
        {!loading && jobs.length > 0 && found.length === 0 && say.history.none(jobs.length)}
      </p>
      {failure !== undefined && <FailureNotice failure={failure} />}
      {loadOlder && (
        <button type="button" class="quiet" onClick={loadOlder}>
          {query.trim() === '' ? say.history.more : say.history.searchMore}
        </button>
      )}
    </aside>
  );
}
