import type { JSX } from 'preact';
import type { Mode, Strategy } from '../../../client.ts';
import { useSurroundings } from '../surroundings.ts';
import type { Draft } from './draft.ts';

const DEADLINES_SECONDS = [30, 60, 120, 300, 900];

interface OptionsProps {
  draft: Draft;
  change(part: Partial<Draft>): void;
}

interface ChoiceProps<T extends string> {
  id: string;
  label: string;
  value: T;
  choices: Record<T, string>;
  choose(value: T): void;
}

function Choice<T extends string>({ id, label, value, choices, choose }: ChoiceProps<T>): JSX.Element {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => choose(event.currentTarget.value as T)}>
        {(Object.entries(choices) as [T, string][]).map(([name, text]) => (
          <option key={name} value={name}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}

function Panel({ draft, change }: OptionsProps): JSX.Element | null {
  const { say, panel } = useSurroundings();
  const ids = panel?.providers.map(({ id }) => id) ?? [];
  if (ids.length < 2) return null;
  const chosen = draft.providers ?? ids;
  const toggle = (id: string) => {
    const next = ids.filter((other) => chosen.includes(other) !== (other === id));
    if (next.length > 0) change({ providers: next.length === ids.length ? undefined : next });
  };
  return (
    <fieldset class="field">
      <legend>{say.ask.providers}</legend>
      {ids.map((id) => (
        <label key={id} class="check">
          <input type="checkbox" checked={chosen.includes(id)} onChange={() => toggle(id)} /> {id}
        </label>
      ))}
    </fieldset>
  );
}

export function AskOptions({ draft, change }: OptionsProps): JSX.Element {
  const { say, format } = useSurroundings();
  const deadlines = Object.fromEntries(
    DEADLINES_SECONDS.map((seconds) => [String(seconds), format.duration(seconds * 1000)]),
  );
  return (
    <details class="options">
      <summary>{say.ask.options}</summary>
      <div class="fields">
        <Choice<Mode>
          id="mode"
          label={say.ask.mode}
          value={draft.mode}
          choices={say.ask.modes}
          choose={(mode) => change({ mode })}
        />
        <Choice<Strategy>
          id="strategy"
          label={say.ask.strategy}
          value={draft.strategy}
          choices={say.ask.strategies}
          choose={(strategy) => change({ strategy })}
        />
        <Choice
          id="deadline"
          label={say.ask.deadline}
          value={String(draft.deadlineSeconds)}
          choices={deadlines}
          choose={(seconds) => change({ deadlineSeconds: Number(seconds) })}
        />
        <Panel draft={draft} change={change} />
        <label class="check field">
          <input
            type="checkbox"
            checked={draft.cache}
            onChange={(event) => change({ cache: event.currentTarget.checked })}
          />{' '}
          {say.ask.cache}
        </label>
      </div>
    </details>
  );
}
