import type { JSX } from 'preact';
import type { JobView } from '../../../client.ts';
import { Markdown } from '../markdown/markdown.tsx';
import { useSurroundings } from '../surroundings.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Agreement } from './agreement.tsx';
import { Dissent } from './dissent.tsx';

function Authors({ job }: { job: JobView }): JSX.Element | null {
  const { say, format } = useSurroundings();
  const { aggregator } = job;
  if (!aggregator) return null;
  const providers = format.list(aggregator.providers);
  return (
    <p class="muted authors">
      {aggregator.merger === null
        ? say.job.by.consensus(providers)
        : say.job.by.synthesis(aggregator.merger, providers)}
      {aggregator.fallback_reason !== null && ` ${say.job.fallback(aggregator.fallback_reason)}`}
    </p>
  );
}

function Answer({ job, text }: { job: JobView; text: string }): JSX.Element {
  return (
    <>
      <Agreement agreement={job.agreement} />
      <Markdown text={text} language={job.answer?.language ?? null} />
      <Authors job={job} />
      <Dissent dissent={job.dissent} />
    </>
  );
}

/** The merged answer, or where it will stand. */
export function MergedAnswer({ job }: { job: JobView }): JSX.Element | null {
  const { say } = useSurroundings();
  if (job.done && !job.answer) return null;
  return (
    <section class="merged" aria-labelledby="answer-title" aria-busy={!job.done}>
      <div class="merged-head">
        <h2 id="answer-title">{say.job.answer}</h2>
        {job.answer && <CopyButton text={job.answer.text} label={say.job.copy} />}
      </div>
      {job.answer ? <Answer job={job} text={job.answer.text} /> : <p class="muted">{say.job.pending}</p>}
    </section>
  );
}
