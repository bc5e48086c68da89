import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readMarkdown } from './read-markdown.ts';

const SIZE = 64 * 1024;
const repeated = (piece: string) => piece.repeat(Math.ceil(SIZE / piece.length));

describe('Markdown', () => {
  test('is read into its parts', () => {
    const types = readMarkdown('# A\n\ntext with `code`\n\n- one\n- two\n\n```sh\nls\n```\n')?.map(
      ({ type }) => type,
    );
    expect(types?.filter((type) => type !== 'space')).toEqual(['heading', 'paragraph', 'list', 'code']);
  });

  test.each([
    '>',
    '> ',
    '- ',
    '1. ',
    '[',
    '_a',
    '**a',
    'a.b-',
    '[a](',
    '<a ',
    '`',
    '|a',
  ])('made of nothing but %j is read, or given up', (piece) => {
    // Whoever explodes on these never comes back: the test's own time is up then.
    for (const text of [repeated(piece), piece.repeat(Math.floor(8000 / piece.length))])
      expect(typeof readMarkdown(text)).toMatch(/object|undefined/);
  });

  test('nested beyond all sense is given up', () => {
    expect(readMarkdown(`${'> '.repeat(100)}a`)).toBeUndefined();
    expect(readMarkdown(`${'> '.repeat(10)}a`)).toBeDefined();
  });

  test('of any kind makes no error', () => {
    const piece = fc.constantFrom(
      '*',
      '_',
      '`',
      '[',
      ']',
      '(',
      ')',
      '!',
      '<',
      '>',
      '|',
      '-',
      '#',
      '\n',
      ' ',
      'a',
      '&',
      '~',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => void readMarkdown(pieces.join(''))),
      {
        numRuns: 300,
      },
    );
  });
});
