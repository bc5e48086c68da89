import type { JSX } from 'preact';
import { useSurroundings } from '../surroundings.ts';
import { useTitle } from '../ui/use-title.ts';
import { AskForm } from './ask-form.tsx';

export function AskView(): JSX.Element {
  const { say, panel } = useSurroundings();
  useTitle(say.ask.title);
  const simulated = panel?.providers.filter((provider) => provider.simulated).length ?? 0;
  return (
    <>
      <h1 tabIndex={-1}>{say.ask.title}</h1>
      <p class="lead">{say.ask.lead}</p>
      <AskForm />
      {simulated > 0 && (
        <p class="notice" data-kind="simulated">
          {simulated === panel?.providers.length ? say.simulated.all : say.simulated.some}
        </p>
      )}
    </>
  );
}
