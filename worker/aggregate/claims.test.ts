import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ClaimReader } from './claims.ts';
import { answerText } from './fixtures.ts';
import { plainText } from './plain-text.ts';
import { splitSentences } from './text.ts';

const texts = fc.oneof(answerText, fc.string(), fc.string({ unit: 'grapheme' })).map(plainText);

test('the words of its sentences are the words of a text', () => {
  fc.assert(
    fc.property(texts, (plain) => {
      const reader = new ClaimReader('Which service stores objects?');
      const sentences = splitSentences(plain);
      expect(sentences.flatMap((sentence) => reader.wordsOf(sentence))).toEqual(reader.wordsOf(plain));
      expect(reader.wordsOf(sentences.join(' '))).toEqual(reader.wordsOf(plain));
    }),
  );
});

test('what was read before leaves no trace', () => {
  fc.assert(
    fc.property(texts, texts, (before, plain) => {
      const reader = new ClaimReader('');
      reader.read(before);
      const { terms, ...claims } = reader.read(plain);
      const fresh = new ClaimReader('');
      const { terms: expected, ...rest } = fresh.read(plain);
      expect(reader.spell({ terms })).toEqual(fresh.spell({ terms: expected }));
      expect(claims).toEqual(rest);
    }),
  );
});

test('an answer of the words of the question claims these, and one without words itself', () => {
  const reader = new ClaimReader('Which service stores objects?');
  expect(reader.spell(reader.read('The service: objects'))).toEqual(['service', 'object']);
  expect(reader.spell(reader.read('which'))).toEqual(['which']);
  expect(reader.spell(reader.read('✅'))).toEqual(['✅']);
});

test('a term weighs as much as its heaviest word', () => {
  const reader = new ClaimReader('');
  const { terms, weights, figures } = reader.read('glacier archives: 90 days in Glacier');
  expect(reader.spell({ terms })).toEqual(['glacier', 'archive', '90', 'day']);
  expect(weights).toEqual([(0.4 + 0.7) * 1.3, 0.4 + 0.8, 2, 0.8]);
  expect(figures).toBe(1);
});
