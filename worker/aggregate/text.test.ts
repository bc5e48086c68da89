import fc from 'fast-check';
import { expect, test } from 'vitest';
import { westernText } from './fixtures.ts';
import { foldWord, hasWord, shorten, splitSentences, splitWords } from './text.ts';

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

test('plain English and other scripts are split and folded alike', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary-ascii', maxLength: 60 }), (text) => {
      // One letter beyond ASCII takes the general way.
      expect(splitWords(`${text} é`)).toEqual([...splitWords(text), 'é']);
      expect(foldWord(`${text} é`)).toBe(`${foldWord(text)} e`);
      expect(hasWord(`${text} —`)).toBe(splitWords(text).length > 0);
    }),
  );
});

test('Western languages and other scripts are split alike', () => {
  fc.assert(
    fc.property(westernText, (text) => {
      // One letter of another script takes the general way.
      expect(splitWords(`${text} α`)).toEqual([...splitWords(text), 'α']);
    }),
    { numRuns: 2_000 },
  );
});

test('sentences end at marks and lines, not inside numbers', () => {
  expect(splitSentences('It costs 0.023 USD. Really!\nYes')).toEqual([
    'It costs 0.023 USD.',
    'Really!',
    'Yes',
  ]);
});

test('sentences are the pieces between ends', () => {
  const piece = fc.constantFrom('a', 'é.', '1.5', '!', '…', ' ', '\n', '\t', '\u00a0', '. ', '.\n');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = pieces.join('');
      const expected = text.split(/(?<=[.!?…])\s+|\n+/).filter((sentence) => sentence.trim() !== '');
      expect(splitSentences(text)).toEqual(expected);
    }),
    { numRuns: 2_000 },
  );
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
