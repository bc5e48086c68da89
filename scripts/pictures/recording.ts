/** What a terminal was sent, piece by piece. */
export interface Piece {
  /** Milliseconds since the recording began. */
  atMs: number;
  text: string;
}

export interface Recording {
  columns: number;
  rows: number;
  title: string;
  pieces: Piece[];
}

const UNFINISHED = new RegExp(`${String.fromCharCode(27)}(\\[[\\d;]*)?$`);

/** The same in pieces that end where a screen can be looked at: outside an escape sequence, `apartMs` apart at least. */
export function joinPieces(pieces: readonly Piece[], apartMs: number): Piece[] {
  const joined: Piece[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    if (last && (UNFINISHED.test(last.text) || piece.atMs - last.atMs < apartMs)) last.text += piece.text;
    else joined.push({ ...piece });
  }
  return joined;
}

/** The same, but nothing lasts longer than `mostMs`: nobody watches a program load. */
export function limitIdle(pieces: readonly Piece[], mostMs: number): Piece[] {
  let cutMs = 0;
  return pieces.map(({ atMs, text }, index) => {
    const pausedMs = atMs - (pieces[index - 1]?.atMs ?? 0);
    cutMs += Math.max(0, pausedMs - mostMs);
    return { atMs: atMs - cutMs, text };
  });
}

/** An asciicast, version 2: a line of JSON about it, and one for each piece. Players cut pauses at `idleMs`. */
export function toAsciicast({ columns, rows, title, pieces }: Recording, idleMs: number): string {
  const header = { version: 2, width: columns, height: rows, idle_time_limit: idleMs / 1000, title };
  const lines = [header, ...pieces.map(({ atMs, text }) => [Math.round(atMs) / 1000, 'o', text])];
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}
