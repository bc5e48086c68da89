/** How a run of characters looks. */
export interface Look {
  bold: boolean;
  dim: boolean;
  italic: boolean;
  underline: boolean;
  strike: boolean;
  /** Of the terminal's palette, such as `cyan`; undefined: the text's own. */
  color: string | undefined;
}

export interface Run {
  text: string;
  look: Look;
}

const PLAIN: Look = {
  bold: false,
  dim: false,
  italic: false,
  underline: false,
  strike: false,
  color: undefined,
};

const COLORS = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];

const CHANGES: Record<number, Partial<Look>> = {
  0: PLAIN,
  1: { bold: true },
  2: { dim: true },
  3: { italic: true },
  4: { underline: true },
  9: { strike: true },
  22: { bold: false, dim: false },
  23: { italic: false },
  24: { underline: false },
  29: { strike: false },
  39: { color: undefined },
  ...Object.fromEntries(
    COLORS.flatMap((color, index) => [
      [30 + index, { color }],
      [90 + index, { color }],
    ]),
  ),
};

/** Select Graphic Rendition, ECMA-48 8.3.117. Throws for what this screen cannot show. */
function changed(look: Look, codes: string): Look {
  const changes = codes.split(';').map((code) => {
    const change = CHANGES[Number(code)];
    if (!change) throw new Error(`the screen does not know the style ${JSON.stringify(code)}`);
    return change;
  });
  return Object.assign({}, look, ...changes);
}

class Screen {
  readonly lines: Run[][] = [[]];
  #row = 0;
  #look = PLAIN;

  write(text: string): void {
    if (text === '') return;
    this.#line().push({ text, look: this.#look });
  }

  newLine(): void {
    this.#row += 1;
    this.#line();
  }

  /** Throws for a command that this screen does not know: a picture must not show less than a terminal. */
  control(parameters: string, command: string): void {
    if (command === 'm') this.#look = changed(this.#look, parameters);
    else if (command === 'A') this.#row = Math.max(0, this.#row - Number(parameters || 1));
    else if (command === 'J') this.lines.splice(this.#row, this.lines.length, []);
    else throw new Error(`the screen does not know the command ${JSON.stringify(parameters + command)}`);
  }

  #line(): Run[] {
    const line = this.lines[this.#row] ?? [];
    this.lines[this.#row] = line;
    return line;
  }
}

const ESCAPE = String.fromCharCode(27);
const PIECE = new RegExp(`${ESCAPE}\\[([\\d;]*)([A-Za-z])|(\\n)|\\r|([^${ESCAPE}\\n\\r]+)`, 'g');

/** What stands on a terminal in the end of what was written to it, line by line. */
export function readScreen(written: string): Run[][] {
  const screen = new Screen();
  for (const [, parameters = '', command, newLine, text] of written.matchAll(PIECE)) {
    if (command) screen.control(parameters, command);
    else if (newLine) screen.newLine();
    else screen.write(text ?? '');
  }
  while (screen.lines.at(-1)?.length === 0) screen.lines.pop();
  return screen.lines;
}
