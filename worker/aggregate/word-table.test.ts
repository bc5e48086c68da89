import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Letters } from './letters.ts';
import { type HashWord, hashWord, WordTable } from './word-table.ts';

const allAlike: HashWord = () => 7;
const nearlyAlike: HashWord = (_first, _last, length) => length;

/** Of any Latin-1, so that what stands around it may look like a part of it. */
const latin1 = (minLength: number, maxLength: number) =>
  fc.string({ unit: fc.nat(0xff).map((code) => String.fromCharCode(code)), minLength, maxLength });

test.each([
  ['the hash', hashWord],
  ['a hash that all words share', allAlike],
  ['a hash that many words share', nearlyAlike],
])('each word is read once and found again by %s, whatever stands around it', (_name, hash) => {
  const word = fc.oneof(
    fc.nat(20_000).map((number) => `w${number}`),
    fc.nat(20_000).map((number) => `alike${number}alike`),
    latin1(1, 10),
  );
  const standing = fc.record({ written: word, around: fc.tuple(latin1(0, 4), latin1(0, 4)) });
  const letters = new Letters();
  fc.assert(
    fc.property(fc.array(standing, { maxLength: 200 }), (places) => {
      const read: string[] = [];
      const table = new WordTable((written) => {
        read.push(written);
        return { written };
      }, hash);
      const elsewhere = places.map(({ written }, index) => ({
        written,
        around: places.at(-index)?.around ?? ['', ''],
      }));
      for (const {
        written,
        around: [before, after],
      } of [...places, ...elsewhere]) {
        letters.write(before + written + after);
        const from = letters.from + before.length;
        expect(table.lookAt(letters, from, from + written.length)).toEqual({ written });
      }
      expect(read.toSorted()).toEqual([...new Set(places.map(({ written }) => written))].toSorted());
    }),
  );
});

test('words are found again in a table that has grown', () => {
  const table = new WordTable((written) => ({ written }));
  const letters = new Letters();
  const look = (number: number) => {
    letters.write(`word${number}`);
    return table.lookAt(letters, letters.from, letters.to);
  };
  const first = Array.from({ length: 50_000 }, (_, number) => look(number));
  for (const [number, known] of first.entries()) expect(look(number)).toBe(known);
  expect(first[49_999]).toEqual({ written: 'word49999' });
});
