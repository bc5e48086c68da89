import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Session } from './session.ts';
import { useSurroundings } from './surroundings.ts';

/** Asks for an API key. What stands behind it, a question half written perhaps, stays. */
export function KeyDialog({ session }: { session: Session }): JSX.Element {
  const { say } = useSurroundings();
  const dialog = useRef<HTMLDialogElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const isWanted = session.need !== 'none';

  useEffect(() => {
    if (isWanted) dialog.current?.showModal();
    else dialog.current?.close();
  }, [isWanted]);

  const save = (event: Event) => {
    event.preventDefault();
    const key = input.current?.value.trim();
    if (key) session.useKey(key);
  };
  return (
    // Not on `close`: that is told late, perhaps when the dialog has been opened again for a key that was refused.
    <dialog ref={dialog} aria-labelledby="key-title" onCancel={session.dismiss}>
      <form class="key" onSubmit={save}>
        <h2 id="key-title">{say.key.title}</h2>
        <p>{session.need === 'refused' ? say.key.refused : say.key.lead}</p>
        <label for="key">{say.key.label}</label>
        <input ref={input} id="key" type="password" autocomplete="off" required />
        <div class="actions">
          <button type="submit" class="primary">
            {say.key.save}
          </button>
          <button type="button" onClick={session.dismiss}>
            {say.key.later}
          </button>
        </div>
      </form>
    </dialog>
  );
}
