import type { JSX } from 'preact';
import type { ProviderView } from '../../../client.ts';
import { Markdown } from '../markdown/markdown.tsx';
import { useSurroundings } from '../surroundings.ts';
import { CopyButton } from '../ui/copy-button.tsx';

interface RowProps {
  provider: ProviderView;
  now: number;
}

/** The beginning of an answer, without the marks of its Markdown. */
function previewOf(text: string): string {
  return text.slice(0, 300).replace(/[*_`#>|]+/g, '');
}

/** What is to be said of a provider beside its state. */
function useRemark({ provider, now }: RowProps): string {
  const { say, format } = useSurroundings();
  const { error, filtered, next_attempt_at: nextAttemptAt } = provider;
  if (filtered) return say.provider.filtered[filtered.reason] ?? say.provider.filteredOther(filtered.reason);
  if (!error) return '';
  const reason = say.provider.error[error.code] ?? error.message;
  if (nextAttemptAt === null) return reason;
  return `${reason}; ${say.provider.retryIn(format.duration(Date.parse(nextAttemptAt) - now))}`;
}

function Line(props: RowProps): JSX.Element {
  const { say, format } = useSurroundings();
  const { provider } = props;
  const remark = useRemark(props);
  return (
    <span class="provider-line">
      <span class="provider-name">
        <span class="dot" data-state={provider.filtered ? 'late' : provider.state} />
        <strong>{provider.id}</strong> <span class="muted model">{provider.model}</span>
      </span>
      <span class="provider-state">
        {say.provider.state[provider.state]}
        {remark && `: ${remark}`}
      </span>
      <span class="provider-numbers muted">
        {provider.latency_ms !== null && <span>{format.duration(provider.latency_ms)}</span>}
        {provider.attempts > 0 && <span>{say.provider.attempts(provider.attempts)}</span>}
      </span>
    </span>
  );
}

/** One provider: its state on a line, its answer beneath as soon as it is there. */
export function ProviderRow({ provider, now }: RowProps): JSX.Element {
  const { say } = useSurroundings();
  const line = <Line provider={provider} now={now} />;
  if (!provider.answer) {
    return (
      <li class="provider" data-state={provider.state}>
        <div class="provider-head">{line}</div>
      </li>
    );
  }
  return (
    <li class="provider" data-state={provider.state}>
      <details>
        <summary class="provider-head">
          {line}
          <span class="preview" aria-hidden="true">
            {previewOf(provider.answer.text)}
          </span>
        </summary>
        <section class="provider-answer" aria-label={say.provider.show(provider.id)}>
          <Markdown text={provider.answer.text} language={provider.answer.language} />
          <CopyButton text={provider.answer.text} label={say.job.copy} />
        </section>
      </details>
    </li>
  );
}
