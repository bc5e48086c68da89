import type { JSX } from 'preact';
import type { JobView } from '../../../client.ts';
import { useSurroundings } from '../surroundings.ts';
import { useNow } from '../ui/use-now.ts';
import { ProviderRow } from './provider-row.tsx';

export function ProviderList({ job }: { job: JobView }): JSX.Element {
  const { say } = useSurroundings();
  const now = useNow(!job.done && job.providers.some(({ state }) => state === 'waiting'), 500);
  return (
    <section aria-labelledby="providers-title">
      <h2 id="providers-title">{say.provider.title}</h2>
      <ul class="providers">
        {job.providers.map((provider) => (
          <ProviderRow key={provider.id} provider={provider} now={now} />
        ))}
      </ul>
    </section>
  );
}
