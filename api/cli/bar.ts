import type { Context } from './context.ts';

const CELLS = 24;

/** How much of many is done. */
export interface Bar {
  advance(): void;
  /** Lets something be written above the bar. */
  above(write: () => void): void;
  end(): void;
}

/** On a terminal a bar that grows in its place; in a pipe a line for each step. */
export function startBar({ terminal, paint, words, json }: Context, all: number): Bar {
  let done = 0;
  const live = terminal.errIsTerminal && !json;
  const erase = () => terminal.err('\r\u001b[K');
  const draw = () => {
    const filled = Math.round((done / all) * CELLS);
    const cells = `${paint('green', '█'.repeat(filled))}${paint('dim', '░'.repeat(CELLS - filled))}`;
    terminal.err(`\r\u001b[K${cells} ${words.own.batch(done, all)}`);
  };
  if (live) draw();
  return {
    advance: () => {
      done += 1;
      if (live) draw();
      else if (!json) terminal.err(`${words.own.batch(done, all)}\n`);
    },
    above: (write) => {
      if (live) erase();
      write();
      if (live) draw();
    },
    end: () => {
      if (live) erase();
    },
  };
}
