import { describe, expect, it } from 'vitest';
import { drawFilm } from './film-svg.ts';
import { framesOf } from './frames.ts';

const SCREEN = { columns: 20, rows: 4, title: 'T' };
const PIECES = [
  { atMs: 0, text: '$ ' },
  { atMs: 100, text: 'ask\r\n' },
  { atMs: 150, text: '\u001b[36m⠋\u001b[39m one\r\n' },
  { atMs: 160, text: '\u001b[1A\r\u001b[J\u001b[36m⠋\u001b[39m one\r\n' },
  { atMs: 1000, text: '\u001b[1A\r\u001b[J\u001b[32m✓\u001b[39m one\r\n' },
];

describe('frames', () => {
  it('are the states of the screen, each when it came', () => {
    const frames = framesOf({ ...SCREEN, pieces: PIECES });
    const texts = frames.map(({ lines }) => lines.map((runs) => runs.map(({ text }) => text).join('')));
    expect(texts).toEqual([['$ '], ['$ ask'], ['$ ask', '⠋ one'], ['$ ask', '✓ one']]);
    expect(frames.map(({ atMs }) => atMs)).toEqual([0, 100, 150, 1000]);
  });

  it.each([
    ['a line that a terminal would break', 'x'.repeat(21), 'wider than 20 columns'],
    ['lines that a terminal would scroll away', 'x\r\n'.repeat(5), '5 lines do not fit a screen of 4'],
  ])('refuse %s', (_what, text, message) => {
    expect(() => framesOf({ ...SCREEN, pieces: [{ atMs: 0, text }] })).toThrow(message);
  });
});

describe('a film', () => {
  const frames = framesOf({ ...SCREEN, pieces: PIECES });
  const svg = drawFilm(frames, { columns: 20, title: 'T', pauseMs: 1000 });

  it('shows each frame from its time on, the last one for the pause too, and begins again', () => {
    expect(svg).toContain('animation:film 2.0s step-end infinite');
    const stops = [...svg.matchAll(/([\d.]+)%\{transform:translateX\((-?\d+)px\)\}/g)];
    expect(stops.map(([, percent, x]) => [Number(percent), Number(x)])).toEqual([
      [0, 0],
      [5, -168],
      [7.5, -336],
      [50, -504],
    ]);
    expect([...svg.matchAll(/<g transform="translate\((\d+)\)">/g)].map(([, x]) => x)).toEqual([
      '168',
      '336',
      '504',
    ]);
  });

  it('shows the last frame to whoever wants no motion', () => {
    expect(svg).toMatch(
      /<style>#film\{transform:translateX\(-504px\)\}@media \(prefers-reduced-motion:no-preference\)\{/,
    );
  });

  it('draws a line once, and refers to it', () => {
    const ids = [...svg.matchAll(/<g id="(\w+)">/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(svg.match(/>\$ ask</g)).toHaveLength(1);
    const [id] = /(\w+)"><text [^>]*>\$ ask</.exec(svg)?.slice(1) ?? [];
    expect(svg.match(new RegExp(`href="#${id}"`, 'g'))).toHaveLength(3);
    for (const [, used] of svg.matchAll(/href="#(\w+)"/g)) expect([...ids]).toContain(used);
  });

  it('loads nothing and runs nothing', () => {
    expect(svg).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org\/2000\/svg")|url\(|@import|<foreignObject/);
  });
});
