import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { JobView, Strategy } from '../../../client.ts';
import { askAgain } from '../ask/draft.ts';
import { useSender } from '../ask/use-sender.ts';
import { PATHS } from '../route.ts';
import { useSurroundings } from '../surroundings.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { useAction } from './use-action.ts';

/** Two presses: a job is deleted for good. */
function DeleteButton({ remove }: { remove(): void }): JSX.Element {
  const { say } = useSurroundings();
  const [asked, setAsked] = useState(false);
  return (
    <button
      type="button"
      class={asked ? 'danger' : 'quiet'}
      onBlur={() => setAsked(false)}
      onClick={() => (asked ? remove() : setAsked(true))}
    >
      {asked ? say.job.deleteSure : say.job.delete}
    </button>
  );
}

/** By which strategies the kept answers can be merged: by the other one, or by any where there is no merged answer. */
export function strategiesLeft(job: JobView): Strategy[] {
  if (!job.done || !job.providers.some(({ answer }) => answer)) return [];
  const all: Strategy[] = ['synthesis', 'consensus'];
  return job.answer ? all.filter((strategy) => strategy !== job.strategy) : all;
}

export function JobActions({ job }: { job: JobView }): JSX.Element {
  const { say, client, shelf, go } = useSurroundings();
  const { run, failure } = useAction();
  const sender = useSender();

  const cancel = () => run(async () => shelf.put(await client.cancel(job.id)));
  const remove = () =>
    run(async () => {
      await client.delete(job.id);
      shelf.remove(job.id);
      go(PATHS.ask);
    });
  const again = () => {
    const request = askAgain(job);
    return sender.send(request, (idempotencyKey) => client.submit(request, { idempotencyKey }));
  };
  const merge = (strategy: Strategy) =>
    sender.send([job.id, strategy], (idempotencyKey) => client.merge(job.id, strategy, { idempotencyKey }));

  return (
    <section class="actions" aria-label={say.job.actions}>
      {!job.done && (
        <button type="button" onClick={cancel} disabled={job.status === 'canceling'}>
          {say.job.cancel}
        </button>
      )}
      {job.done && (
        <button type="button" onClick={again}>
          {say.job.again}
        </button>
      )}
      {strategiesLeft(job).map((strategy) => (
        <button key={strategy} type="button" onClick={() => merge(strategy)}>
          {say.job.remerge[strategy]}
        </button>
      ))}
      <CopyButton text={new URL(PATHS.job(job.id), location.href).href} label={say.job.share} />
      {job.done && <DeleteButton remove={remove} />}
      {failure !== undefined && <FailureNotice failure={failure} />}
      {sender.failure !== undefined && <FailureNotice failure={sender.failure} />}
    </section>
  );
}
