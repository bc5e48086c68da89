import { describe, expect, it } from 'vitest';
import { readScreen } from './screen.ts';
import { drawLine } from './terminal-svg.ts';

const textsOf = (written: string) => readScreen(written).map((line) => line.map(({ text }) => text).join(''));

describe('the screen', () => {
  it('shows what stands there in the end, not what was redrawn', () => {
    expect(textsOf('$ ask\n| one\n| two\n\u001b[2A\r\u001b[J✓ one\n✓ two\n\nan answer\n')).toEqual([
      '$ ask',
      '✓ one',
      '✓ two',
      '',
      'an answer',
    ]);
  });

  it('keeps each run’s style to where it ends', () => {
    const [line = []] = readScreen('a \u001b[1m\u001b[32mb\u001b[39m\u001b[22m c');
    expect(line.map(({ text, look: { bold, color } }) => ({ text, bold, color }))).toEqual([
      { text: 'a ', bold: false, color: undefined },
      { text: 'b', bold: true, color: 'green' },
      { text: ' c', bold: false, color: undefined },
    ]);
  });

  it('refuses what it cannot show', () => {
    expect(() => readScreen('\u001b[5B')).toThrow('"5B"');
    expect(() => readScreen('\u001b[48m')).toThrow('"48"');
  });
});

describe('a line of a picture', () => {
  it('puts words where their columns are, and escapes them', () => {
    const [line = []] = readScreen('  \u001b[32m✓\u001b[39m  a<b & c    d');
    const svg = drawLine(line);
    expect(svg).toMatch(/<text x="16.8" y="\d+" textLength="8.4" fill="#3fb950">✓<\/text>/);
    expect(svg).toMatch(/<text x="42.0" [^>]*textLength="58.8">a&lt;b &amp; c<\/text>/);
    expect(svg).toMatch(/<text x="134.4" [^>]*textLength="8.4">d<\/text>/);
  });

  it('joins words that are styled one by one, and alike', () => {
    const dim = (word: string) => `\u001b[2m${word}\u001b[22m`;
    const [line = []] = readScreen(`${dim('to')} ${dim('be')} asked ${dim('now')} \u001b[1mor\u001b[22m`);
    const drawn = [...drawLine(line).matchAll(/x="([\d.]+)"[^>]*>([^<]*)</g)].map(([, x, text]) => [x, text]);
    expect(drawn).toEqual([
      ['0.0', 'to be'],
      ['50.4', 'asked'],
      ['100.8', 'now'],
      ['134.4', 'or'],
    ]);
  });
});
