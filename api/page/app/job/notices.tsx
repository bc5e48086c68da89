import type { JSX } from 'preact';
import { isSimulated } from '../../../../shared/contract/simulated.ts';
import type { JobView } from '../../../client.ts';
import { PATHS } from '../route.ts';
import { useSurroundings } from '../surroundings.ts';
import { PageLink } from '../ui/page-link.tsx';

/** Where a job's answer came from, if not from calls of its own. */
function Origin({ job }: { job: JobView }): JSX.Element | null {
  const { say } = useSurroundings();
  const from = job.cached_from ?? job.merged_from;
  if (from === null) return null;
  const [text, link] =
    job.cached_from === null ? [say.job.merged, say.job.mergedLink] : [say.job.cached, say.job.cachedLink];
  return (
    <p class="notice">
      {text} <PageLink to={PATHS.job(from)}>{link}</PageLink>
    </p>
  );
}

function EndWithoutAnswer({ job }: { job: JobView }): JSX.Element | null {
  const { say } = useSurroundings();
  if (!job.done || job.answer) return null;
  const kept = job.providers.filter(({ answer }) => answer).length;
  const reason = job.error ? (say.job.error[job.error.code] ?? job.error.message) : say.job.none;
  return (
    <div class="notice" data-kind={job.status === 'canceled' ? 'warn' : 'bad'}>
      <p>
        {job.status === 'canceled' ? say.job.canceled : reason} {kept > 0 && say.job.kept(kept)}
      </p>
    </div>
  );
}

/** What must be known before the answer is read. */
export function Notices({ job }: { job: JobView }): JSX.Element {
  const { say } = useSurroundings();
  return (
    <>
      {job.simulated && (
        <p class="notice" data-kind="simulated">
          {job.providers.every(({ id }) => isSimulated(id)) ? say.simulated.job : say.simulated.some}
        </p>
      )}
      <Origin job={job} />
      {job.degraded && (
        <p class="notice" data-kind="warn" id="degraded">
          {say.job.degraded(job.quorum.got, job.quorum.required)}
        </p>
      )}
      <EndWithoutAnswer job={job} />
    </>
  );
}
