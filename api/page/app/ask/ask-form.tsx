import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { LIMITS } from '../../../../shared/contract/limits.ts';
import { useSurroundings } from '../surroundings.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { AskOptions } from './ask-options.tsx';
import { type Draft, EMPTY_DRAFT, requestOf } from './draft.ts';
import { useSender } from './use-sender.ts';

/** From here on the form says how much more fits. */
const NEARLY_FULL = LIMITS.questionCharacters - 500;

/** Enter asks, as in a chat; a line is begun with Shift, and an input method's own Enter is left to it. */
function asks(event: KeyboardEvent): boolean {
  return event.key === 'Enter' && !event.shiftKey && !event.isComposing;
}

export function AskForm(): JSX.Element {
  const { say, client } = useSurroundings();
  const { sending, failure, send } = useSender();
  const [draft, setDraft] = useState<Draft>(EMPTY_DRAFT);
  const [isEmpty, setEmpty] = useState(false);
  const input = useRef<HTMLTextAreaElement>(null);
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));

  const submit = (event: Event) => {
    event.preventDefault();
    const request = requestOf(draft);
    setEmpty(request.question === '');
    if (request.question === '') input.current?.focus();
    else void send(request, (idempotencyKey) => client.submit(request, { idempotencyKey }));
  };
  return (
    <form class="ask" onSubmit={submit}>
      <label for="question">{say.ask.question}</label>
      <textarea
        id="question"
        ref={input}
        rows={3}
        maxLength={LIMITS.questionCharacters}
        placeholder={say.ask.placeholder}
        aria-describedby="question-hint"
        aria-invalid={isEmpty}
        value={draft.question}
        onInput={(event) => change({ question: event.currentTarget.value })}
        onKeyDown={(event) => asks(event) && submit(event)}
      />
      <div class="ask-row">
        <p id="question-hint" class="muted">
          {draft.question.length > NEARLY_FULL
            ? say.ask.left(LIMITS.questionCharacters - draft.question.length)
            : say.ask.hint}
        </p>
        <button type="submit" class="primary" aria-disabled={sending}>
          {sending ? say.ask.sending : say.ask.submit}
        </button>
      </div>
      {isEmpty && <p role="alert">{say.ask.empty}</p>}
      {failure !== undefined && <FailureNotice failure={failure} />}
      <AskOptions draft={draft} change={change} />
      <section class="examples" aria-label={say.ask.examples}>
        <p class="muted">{say.ask.examples}</p>
        {say.ask.exampleQuestions.map((question) => (
          <button
            key={question}
            type="button"
            onClick={() => {
              change({ question });
              input.current?.focus();
            }}
          >
            {question}
          </button>
        ))}
      </section>
    </form>
  );
}
