import fc from 'fast-check';
import { expect, test } from 'vitest';
import { answerText, westernText } from './fixtures.ts';
import { currentLexicon, Lexicon } from './lexicon.ts';
import { plainText } from './plain-text.ts';
import { splitWords } from './text.ts';

test('words are read as they are split, in whatever script', () => {
  const lexicon = new Lexicon();
  const texts = fc.oneof(westernText, answerText, fc.string(), fc.string({ unit: 'grapheme' }));
  fc.assert(
    fc.property(texts, (text) => {
      expect(lexicon.wordsOf(text).map(({ written }) => written)).toEqual(splitWords(text));
      for (const { term, number } of lexicon.wordsOf(text)) expect(lexicon.termOf(number)).toBe(term);
    }),
    { numRuns: 3_000 },
  );
});

test('a word is the same one again, however many come between and whatever stands around it', () => {
  const lexicon = new Lexicon();
  const texts = Array.from({ length: 1_000 }, (_, line) =>
    Array.from({ length: 50 }, (_, place) => `word${line * 50 + place}`).join(' '),
  );
  const first = texts.map((text) => lexicon.wordsOf(text));
  expect(lexicon.size).toBe(50_000);
  expect(lexicon.weights.length).toBeGreaterThanOrEqual(50_000);
  const again = texts.map((text) => lexicon.wordsOf(`“${text}” – Nº`));
  for (const [line, words] of first.entries())
    for (const [place, word] of words.entries()) expect(again[line]?.[place]).toBe(word);
});

test('words of one term share its number', () => {
  const [bucket, other, again] = new Lexicon().wordsOf('bucket other Buckets');
  expect(again?.number).toBe(bucket?.number);
  expect(other?.number).not.toBe(bucket?.number);
});

test('a text longer than any before is read whole', () => {
  const long = plainText('bucket '.repeat(50_000));
  expect(new Lexicon().wordsOf(`${long} ${long}`)).toHaveLength(splitWords(`${long} ${long}`).length);
});

test('a lexicon that has grown long gives way to an empty one, and stays for who holds on to it', () => {
  const held = currentLexicon();
  const [word] = held.wordsOf('bucket');
  for (let other = 0; currentLexicon() === held; other++) held.wordsOf(`another${other}`);
  expect(currentLexicon().size).toBeLessThan(held.size);
  expect(held.wordsOf('bucket')).toEqual([word]);
});
