import type { JSX } from 'preact';
import { ApiError, NetworkError } from '../../../client.ts';
import type { Messages } from '../language/en.ts';
import { useSurroundings } from '../surroundings.ts';

function sentenceOf(failure: unknown, say: Messages): string {
  if (failure instanceof ApiError) return say.problem[failure.code] ?? failure.message;
  return failure instanceof NetworkError ? say.unreachable : say.unexpected;
}

/** What the server said of it, in its own words, where that tells more. */
function Detail({ failure }: { failure: unknown }): JSX.Element | null {
  const { say } = useSurroundings();
  if (!(failure instanceof Error)) return null;
  const fields = failure instanceof ApiError ? failure.errors : [];
  const requestId = failure instanceof ApiError ? failure.requestId : undefined;
  return (
    <details>
      <summary>
        <code>{failure instanceof ApiError ? failure.code : failure.name}</code>
      </summary>
      <p lang="en">{failure.message}</p>
      {fields.map(({ at, message }) => (
        <p key={at} lang="en">
          <code>{at}</code>: {message}
        </p>
      ))}
      {requestId && <p>{say.request(requestId)}</p>}
    </details>
  );
}

/** Says what went wrong, and what to do. */
export function FailureNotice({ failure, retry }: { failure: unknown; retry?: () => void }): JSX.Element {
  const { say, format } = useSurroundings();
  const retrySeconds = failure instanceof ApiError ? failure.retryAfterSeconds : undefined;
  return (
    <div class="notice" data-kind="bad" role="alert">
      <p>
        {sentenceOf(failure, say)}
        {retrySeconds !== undefined && ` ${say.retryIn(format.duration(retrySeconds * 1000))}`}
      </p>
      <Detail failure={failure} />
      {retry && (
        <button type="button" onClick={retry}>
          {say.retry}
        </button>
      )}
    </div>
  );
}
