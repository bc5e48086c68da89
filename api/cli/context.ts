import type { Clock } from '../../shared/ports/clock.ts';
import type { Client } from '../client.ts';
import { cleanJson, type Paint, type Terminal } from './terminal.ts';
import type { Words } from './words.ts';

/** What every command works with. */
export interface Context {
  client: Client;
  terminal: Terminal;
  paint: Paint;
  words: Words;
  clock: Clock;
  json: boolean;
  /** Aborted by Ctrl-C. */
  interrupted: AbortSignal;
  /** Aborted a little after that: what asks a question must learn what it has to cancel. */
  givenUp: AbortSignal;
}

export function printJson({ terminal }: Pick<Context, 'terminal'>, value: unknown): void {
  terminal.out(`${cleanJson(value)}\n`);
}
