import type { DestinationStream } from 'pino';

/**
 * Gathers the lines of one turn of the event loop and writes them at once, when it ends or the process exits: a write
 * wakes whoever reads, which costs more than to put a line together.
 */
export class LinesOfTurn implements DestinationStream {
  readonly #out: DestinationStream;
  #lines = '';
  #isExiting = false;

  constructor(out: DestinationStream) {
    this.#out = out;
    process.on('exit', () => {
      this.#isExiting = true;
      this.#flush();
    });
  }

  write(line: string): void {
    if (this.#lines === '') setImmediate(() => this.#flush());
    this.#lines += line;
    // There is no further turn.
    if (this.#isExiting) this.#flush();
  }

  #flush(): void {
    if (this.#lines === '') return;
    const lines = this.#lines;
    this.#lines = '';
    this.#out.write(lines);
  }
}
