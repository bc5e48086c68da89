import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinPieces, limitIdle, type Piece, toAsciicast } from './recording.ts';

const textOf = (pieces: readonly Piece[]) => pieces.map(({ text }) => text).join('');

const recordings = fc
  .array(
    fc.record({ pauseMs: fc.nat(3000), text: fc.constantFrom('a', '\u001b[', '3', '2m', '\u001b', '\n') }),
  )
  .map((steps) => {
    let atMs = 0;
    return steps.map(({ pauseMs, text }) => {
      atMs += pauseMs;
      return { atMs, text };
    });
  });

describe('pieces', () => {
  it('end where a screen can be looked at', () => {
    const pieces = [
      { atMs: 0, text: 'a\u001b[3' },
      { atMs: 90, text: '2mb' },
      { atMs: 95, text: 'c' },
      { atMs: 200, text: 'd' },
    ];
    expect(joinPieces(pieces, 25)).toEqual([
      { atMs: 0, text: 'a\u001b[32mb' },
      { atMs: 95, text: 'c' },
      { atMs: 200, text: 'd' },
    ]);
    expect(joinPieces(pieces, 100).map(({ text }) => text)).toEqual(['a\u001b[32mbc', 'd']);
  });

  it('lose nothing when they are joined, and their order never', () => {
    fc.assert(
      fc.property(recordings, fc.nat(100), (pieces, apartMs) => {
        const joined = joinPieces(pieces, apartMs);
        expect(textOf(joined)).toBe(textOf(pieces));
        const times = joined.map(({ atMs }) => atMs);
        expect(times).toEqual(times.toSorted((a, b) => a - b));
      }),
    );
  });

  it('have no pause longer than allowed, and keep each that is', () => {
    fc.assert(
      fc.property(recordings, fc.integer({ min: 1, max: 2000 }), (pieces, mostMs) => {
        const limited = limitIdle(pieces, mostMs);
        for (const [index, { atMs }] of limited.entries()) {
          const wasMs = (pieces[index]?.atMs ?? 0) - (pieces[index - 1]?.atMs ?? 0);
          expect(atMs - (limited[index - 1]?.atMs ?? 0)).toBe(Math.min(wasMs, mostMs));
        }
      }),
    );
  });
});

it('an asciicast is a line about the recording, and one for each piece, in seconds', () => {
  const pieces = [
    { atMs: 0, text: '$ ' },
    { atMs: 1234.5678, text: 'é\r\n' },
  ];
  const cast = toAsciicast({ columns: 80, rows: 24, title: 'ask', pieces }, 1000);
  expect(cast.endsWith('\n')).toBe(true);
  const [header, ...events] = cast
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
  expect(header).toEqual({ version: 2, width: 80, height: 24, idle_time_limit: 1, title: 'ask' });
  expect(events).toEqual([
    [0, 'o', '$ '],
    [1.235, 'o', 'é\r\n'],
  ]);
});
