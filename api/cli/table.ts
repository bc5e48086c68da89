import type { Context } from './context.ts';
import { cleanText, padEnd, shorten, widthOf } from './terminal.ts';

/** Rows in columns, the last one cut to the terminal; in a pipe, whole and between tabs, without a head. */
export function printTable(
  { terminal, paint }: Pick<Context, 'terminal' | 'paint'>,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): void {
  const clean = rows.map((row) => row.map((cell) => cleanText(cell).replace(/\s+/g, ' ')));
  if (!terminal.outIsTerminal) {
    for (const row of clean) terminal.out(`${row.join('\t')}\n`);
    return;
  }
  const widths = head.map((_, column) =>
    Math.max(...[head, ...clean].map((row) => widthOf(row[column] ?? ''))),
  );
  for (const [index, row] of [head, ...clean].entries()) {
    const cells = row.map((cell, column) => padEnd(cell, widths[column] ?? 0));
    const line = shorten(cells.join('  ').trimEnd(), terminal.columns);
    terminal.out(`${index === 0 ? paint('dim', line) : line}\n`);
  }
}
