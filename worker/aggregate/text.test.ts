import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainText, shorten, splitSentences, splitWords } from './text.ts';

describe('plainText', () => {
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
});

test('a number with its marks is one word, a script without spaces goes by the character', () => {
  expect(splitWords('S3 has 99.999% for 1,000 users, 对象')).toEqual([
    'S3',
    'has',
    '99.999',
    'for',
    '1,000',
    'users',
    '对',
    '象',
  ]);
});

test('plain English and other scripts are split alike', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme-ascii', maxLength: 60 }), (text) => {
      // One letter beyond ASCII takes the general way.
      expect(splitWords(`${text} é`)).toEqual([...splitWords(text), 'é']);
    }),
  );
});

test('sentences end at marks and lines, not inside numbers', () => {
  expect(splitSentences('It costs 0.023 USD. Really!\nYes')).toEqual([
    'It costs 0.023 USD.',
    'Really!',
    'Yes',
  ]);
});

test('shortening keeps within the length and never halves a character', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.integer({ min: 1, max: 20 }),
      (text, maxLength) => {
        const short = shorten(text, maxLength);
        expect(short.length).toBeLessThanOrEqual(maxLength);
        expect(short.isWellFormed()).toBe(true);
      },
    ),
  );
});
