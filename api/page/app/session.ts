import { useMemo, useState } from 'preact/hooks';
import type { Clock, Random } from '../../../shared/ports/clock.ts';
import { type Client, createClient } from '../../client.ts';

/** Shorter than a program's: a person can see that it does not work, and press again. */
const PATIENCE_MS = 4000;
const STORED_AS = 'iscoolgpt-key';

/** The key is wanted, or was refused. */
export type KeyNeed = 'none' | 'wanted' | 'refused';

export interface Session {
  client: Client;
  key: string | undefined;
  need: KeyNeed;
  useKey(key: string): void;
  forgetKey(): void;
  dismiss(): void;
}

export interface SessionDeps {
  baseUrl: string;
  fetch: typeof fetch;
  /** Of this tab only. */
  storage: Storage;
  clock: Clock;
  random: Random;
}

/** Calls with the key kept for this tab; a server that asks for one, or refuses it, makes `need` say so. */
export function useSession({ baseUrl, fetch, storage, clock, random }: SessionDeps): Session {
  const [key, setKey] = useState(storage.getItem(STORED_AS) ?? undefined);
  const [need, setNeed] = useState<KeyNeed>('none');

  const client = useMemo(() => {
    const watched: typeof fetch = async (input, init) => {
      const response = await fetch(input, init);
      if (response.status === 401) setNeed(key === undefined ? 'wanted' : 'refused');
      return response;
    };
    return createClient({ baseUrl, key, fetch: watched, patienceMs: PATIENCE_MS, clock, random });
  }, [key, baseUrl, fetch, clock, random]);

  return {
    client,
    key,
    need,
    useKey: (next) => {
      storage.setItem(STORED_AS, next);
      setNeed('none');
      setKey(next);
    },
    forgetKey: () => {
      storage.removeItem(STORED_AS);
      setKey(undefined);
    },
    dismiss: () => setNeed('none'),
  };
}
