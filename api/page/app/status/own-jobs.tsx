import type { JSX } from 'preact';
import type { JobStatus, StatusView } from '../../../client.ts';
import { useSurroundings } from '../surroundings.ts';

/** The reader's own jobs of today by status. */
export function OwnJobs({ own }: { own: StatusView['own_jobs'] }): JSX.Element {
  const { say, format } = useSurroundings();
  const counts = Object.entries(own.today.by_status) as [JobStatus, number][];
  return (
    <section aria-labelledby="mine-title">
      <h2 id="mine-title">{say.status.mine}</h2>
      <p class="muted">
        {say.status.mineLead} {!own.complete && say.status.mineNewest(own.counted)}
      </p>
      <dl class="counts">
        {counts.map(([status, count]) => (
          <div key={status} data-none={count === 0 || undefined}>
            <dt>
              <span class="dot" data-state={status} /> {say.status.shortStatus[status]}
            </dt>
            <dd>{format.number(count)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
