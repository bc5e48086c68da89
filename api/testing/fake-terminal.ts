import type { Terminal } from '../cli/terminal.ts';

/** A terminal, or two pipes, that keeps what was written. */
export function fakeTerminal(is: Partial<Omit<Terminal, 'out' | 'err'>> = {}) {
  const written = { out: '', err: '' };
  const terminal: Terminal = {
    out: (text) => {
      written.out += text;
    },
    err: (text) => {
      written.err += text;
    },
    outIsTerminal: false,
    errIsTerminal: false,
    columns: 80,
    color: false,
    ...is,
  };
  return { terminal, written };
}

/** What a terminal shows in the end of what was written to it; styles left out. */
export function screenOf(text: string): string {
  const lines = [''];
  let row = 0;
  const move = (count: string, command: string) => {
    if (command === 'A') row = Math.max(0, row - Number(count || 1));
    if (command === 'J') lines.splice(row, lines.length, '');
    if (command === 'K') lines[row] = '';
  };
  const write = (part: string) => {
    if (part === '\n') row += 1;
    lines[row] = (lines[row] ?? '') + part.replace(/[\r\n]/, '');
  };
  for (const [index, piece] of text.split('\u001b[').entries()) {
    const [, count = '', command = '', rest = ''] = /^(\d*)([A-Za-z])(.*)$/s.exec(piece) ?? [];
    if (index > 0) move(count, command);
    for (const part of (index > 0 ? rest : piece).split(/(\r|\n)/)) write(part);
  }
  return lines.join('\n');
}
