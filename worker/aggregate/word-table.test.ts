import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fnv1a, type HashWord, WordTable } from './word-table.ts';

/** Vectors of the draft. */
test.each([
  ['', 0x811c9dc5],
  ['a', 0xe40c292c],
  ['foobar', 0xbf9cf968],
])('FNV-1a of %j', (word, hash) => {
  const letters = Buffer.from(`(${word})`, 'latin1');
  expect(fnv1a(letters, 1, 1 + word.length) >>> 0).toBe(hash);
});

const allAlike: HashWord = () => 7;
const nearlyAlike: HashWord = (_letters, from, to) => to - from;

test.each([
  ['FNV-1a', fnv1a],
  ['a hash that all words share', allAlike],
  ['a hash that many words share', nearlyAlike],
])('each word is read once and found again by %s', (_name, hash) => {
  const word = fc.oneof(
    fc.nat(20_000).map((number) => `w${number}`),
    fc.string({ unit: fc.nat(0xff).map((code) => String.fromCharCode(code)), minLength: 1, maxLength: 4 }),
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 200 }), (words) => {
      const read: string[] = [];
      const table = new WordTable((written) => {
        read.push(written);
        return { written };
      }, hash);
      for (const written of [...words, ...words]) {
        const letters = Buffer.from(`<${written}>`, 'latin1');
        expect(table.lookAt(letters, 1, 1 + written.length)).toEqual({ written });
      }
      expect(read.toSorted()).toEqual([...new Set(words)].toSorted());
    }),
  );
});

test('words are found again in a table that has grown', () => {
  const table = new WordTable((written) => ({ written }));
  const look = (number: number) => {
    const letters = Buffer.from(`word${number}`, 'latin1');
    return table.lookAt(letters, 0, letters.length);
  };
  const first = Array.from({ length: 50_000 }, (_, number) => look(number));
  for (const [number, known] of first.entries()) expect(look(number)).toBe(known);
  expect(first[49_999]).toEqual({ written: 'word49999' });
});
