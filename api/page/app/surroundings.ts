import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Clock, Random } from '../../../shared/ports/clock.ts';
import type { Client, ProvidersView } from '../../client.ts';
import type { JobShelf } from './history/job-shelf.ts';
import type { Messages } from './language/en.ts';
import type { Format } from './language/format.ts';

/** What every part of the page may use; nothing is reached in any other way. */
export interface Surroundings {
  client: Client;
  clock: Clock;
  random: Random;
  say: Messages;
  format: Format;
  /** The jobs that this page has seen. */
  shelf: JobShelf;
  /** The panel; undefined until it is known. */
  panel: ProvidersView | undefined;
  /** Shows another address of the page. */
  go(path: string): void;
  /** Says something to those who cannot see it happen. */
  announce(text: string): void;
}

export const SurroundingsContext = createContext<Surroundings | undefined>(undefined);

export function useSurroundings(): Surroundings {
  const surroundings = useContext(SurroundingsContext);
  if (!surroundings) throw new Error('a part of the page stands outside of its surroundings');
  return surroundings;
}
