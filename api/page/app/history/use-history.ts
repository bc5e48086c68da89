import { useCallback, useEffect, useState } from 'preact/hooks';
import { useSurroundings } from '../surroundings.ts';

const PAGE = 20;

export interface History {
  loading: boolean;
  failure: unknown;
  /** Undefined where there are no older ones. */
  loadOlder: (() => void) | undefined;
}

/** Fills the shelf with the own jobs, page by page, and looks for new ones whenever the tab is seen again. */
export function useHistory(): History {
  const { client, shelf } = useSurroundings();
  const [cursor, setCursor] = useState<string | null>(null);
  const [loading, setLoading] = useState(true);
  const [failure, setFailure] = useState<unknown>();

  const load = useCallback(
    async (from: string | undefined, signal?: AbortSignal) => {
      setLoading(true);
      try {
        const page = await client.list({ limit: PAGE, cursor: from }, { signal });
        shelf.put(...page.jobs);
        setFailure(undefined);
        return page.next_cursor;
      } catch (error) {
        if (!signal?.aborted) setFailure(error);
        return undefined;
      } finally {
        if (!signal?.aborted) setLoading(false);
      }
    },
    [client, shelf],
  );

  useEffect(() => {
    const gone = new AbortController();
    void load(undefined, gone.signal).then((next) => next !== undefined && setCursor(next));
    const refresh = () => {
      if (document.visibilityState === 'visible') void load(undefined, gone.signal);
    };
    document.addEventListener('visibilitychange', refresh);
    return () => {
      gone.abort();
      document.removeEventListener('visibilitychange', refresh);
    };
  }, [load]);

  const older = async (from: string) => {
    const next = await load(from);
    if (next !== undefined) setCursor(next);
  };
  return { loading, failure, loadOlder: cursor === null ? undefined : () => void older(cursor) };
}
