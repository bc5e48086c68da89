import { useEffect, useState } from 'preact/hooks';
import type { Connection } from '../../../client.ts';
import { useSurroundings } from '../surroundings.ts';

export interface Following {
  /** Undefined until something is known of it. */
  connection: Connection | undefined;
  failure: unknown;
  retry(): void;
}

/** Puts a job's snapshots on the shelf until it is done or nobody looks any more. A lost server is awaited for ever. */
export function useFollowing(id: string): Following {
  const { client, shelf } = useSurroundings();
  const [connection, setConnection] = useState<Connection>();
  const [failure, setFailure] = useState<unknown>();
  const [turn, setTurn] = useState(0);

  useEffect(() => {
    const gone = new AbortController();
    const { signal } = gone;
    const follow = async () => {
      setFailure(undefined);
      setConnection(undefined);
      const options = { signal, patienceMs: Number.POSITIVE_INFINITY, onConnection: setConnection };
      for await (const job of client.events(id, options)) shelf.put(job);
      setConnection(undefined);
    };
    follow().catch((error) => {
      if (!signal.aborted) setFailure(error);
    });
    return () => gone.abort();
  }, [client, shelf, id, turn]);

  return { connection, failure, retry: () => setTurn((before) => before + 1) };
}
