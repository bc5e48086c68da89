import { widthOf } from '../../api/cli/terminal.ts';
import type { Recording } from './recording.ts';
import { type Run, readScreen } from './screen.ts';

/** What stands on a terminal from `atMs` on, in milliseconds since the first frame. */
export interface Frame {
  atMs: number;
  lines: Run[][];
}

function assertFits(lines: readonly Run[][], { columns, rows }: Pick<Recording, 'columns' | 'rows'>): void {
  if (lines.length > rows) throw new Error(`${lines.length} lines do not fit a screen of ${rows}`);
  for (const line of lines) {
    const text = line.map((run) => run.text).join('');
    if (widthOf(text) > columns) throw new Error(`wider than ${columns} columns: ${text}`);
  }
}

/** Each state of the screen, once. Throws where the screen would have to scroll or to break a line. */
export function framesOf(recording: Recording): Frame[] {
  const frames: Frame[] = [];
  let written = '';
  let shown = '';
  for (const { atMs, text } of recording.pieces) {
    written += text;
    const lines = readScreen(written);
    assertFits(lines, recording);
    const state = JSON.stringify(lines);
    if (state !== shown) frames.push({ atMs, lines });
    shown = state;
  }
  return frames;
}
