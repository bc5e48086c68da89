import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainText } from './plain-text.ts';

test.each([
  ['**bold** and `code`', 'bold and code'],
  ['# Title\n\n\n- one\n* two\n> three', 'Title\none\ntwo\nthree'],
  ['see [the docs](https://example.test/a_b) or https://example.test', 'see the docs or'],
  ['```ts\nconst a = 1;\n```', 'const a = 1;'],
  ['ｆｕｌｌ\u00a0width\u200b', 'full width'],
])('%j reads %j', (markdown, plain) => {
  expect(plainText(markdown)).toBe(plain);
});

test('reading a plain text once more changes nothing', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-zA-Z0-9 .,\n]{0,80}$/), (text) => {
      expect(plainText(plainText(text))).toBe(plainText(text));
    }),
  );
});

const PIECES = '[a](b)|![a](|](|*|**|`|```|_|__|# |- |> | |  |.|://|http://a |https://a/b_c|word|1.'.split(
  '|',
);
const GAPS = ['~', '\t', '\v', '\r', '\n', '\r\n', ' \n '];
const dressed = fc
  .array(fc.oneof(fc.constantFrom(...PIECES, ...GAPS), fc.string({ unit: 'binary-ascii', maxLength: 4 })), {
    maxLength: 30,
  })
  .map((pieces) => pieces.join(''));

test('plain English is read as every other text is', () => {
  fc.assert(
    fc.property(dressed, (text) => {
      // One letter beyond ASCII, on a line of its own, takes the general way.
      expect(plainText(`${text}\né`)).toBe(`${plainText(text)}\né`.trim());
    }),
    { numRuns: 1_000 },
  );
});
