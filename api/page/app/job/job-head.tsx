import type { JSX } from 'preact';
import type { JobView } from '../../../client.ts';
import { useSurroundings } from '../surroundings.ts';
import { useNow } from '../ui/use-now.ts';
import { useTitle } from '../ui/use-title.ts';
import { stateOf } from './state-of.ts';

/** A question of several lines, or a long one, is no title. */
function isLong(question: string): boolean {
  return question.length > 160 || question.includes('\n');
}

function Times({ job }: { job: JobView }): JSX.Element {
  const { say, format } = useSurroundings();
  const now = useNow(!job.done, 1000);
  const endedAt = job.finished_at === null ? now : Date.parse(job.finished_at);
  const elapsed = format.duration(endedAt - Date.parse(job.created_at));
  return (
    <>
      <span>{job.done ? say.job.took(elapsed) : say.job.elapsed(elapsed)}</span>
      <span>{say.job.asked(format.dateTime(job.created_at, now))}</span>
      {!job.done && <span>{say.job.endsBy(format.time(job.deadline_at))}</span>}
    </>
  );
}

/** The question, and how far it has come. */
export function JobHead({ job }: { job: JobView }): JSX.Element {
  const { say } = useSurroundings();
  useTitle(job.question);
  const answered = job.providers.filter(({ answer }) => answer).length;
  return (
    <header class="job-head">
      <h1 tabIndex={-1} class={isLong(job.question) ? 'long' : undefined} dir="auto">
        {job.question}
      </h1>
      <p class="job-meta">
        <span class="badge" data-state={job.degraded ? 'degraded' : job.status}>
          {stateOf(job, say)}
        </span>
        <span>{say.job.progress(answered, job.providers.length)}</span>
        <Times job={job} />
      </p>
    </header>
  );
}
