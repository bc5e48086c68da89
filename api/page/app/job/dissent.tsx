import type { JSX } from 'preact';
import type { JobView } from '../../../client.ts';
import { useSurroundings } from '../surroundings.ts';

/** Who says something else, and what. */
export function Dissent({ dissent }: { dissent: JobView['dissent'] }): JSX.Element | null {
  const { say, format } = useSurroundings();
  if (dissent.length === 0) return null;
  return (
    <section class="dissent" aria-labelledby="dissent-title">
      <h3 id="dissent-title">{say.dissent.title}</h3>
      {dissent.map(({ providers, claim }) => (
        <blockquote key={providers.join()}>
          <strong>{say.dissent.says(format.list(providers))}</strong> {claim}
        </blockquote>
      ))}
    </section>
  );
}
