import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ClaimReader } from './claims.ts';
import { answerText } from './fixtures.ts';
import { measureCoverage, measureSimilarity } from './similarity.ts';

const question = 'Which service stores objects?';
const compare = (a: string, b: string): number => {
  const reader = new ClaimReader(question);
  return measureSimilarity(reader.read(a), reader.read(b));
};

test('a measure: symmetric, in [0, 1], 1 for equals', () => {
  fc.assert(
    fc.property(fc.oneof(answerText, fc.string()), fc.oneof(answerText, fc.string()), (a, b) => {
      expect(compare(a, b)).toBeCloseTo(compare(b, a), 12);
      expect(compare(a, b)).toBeGreaterThanOrEqual(0);
      expect(compare(a, b)).toBeLessThanOrEqual(1);
      expect(compare(a, a)).toBeCloseTo(1, 12);
    }),
  );
});

test('dress, case, accents and plurals do not part two texts', () => {
  expect(compare('**Política de Buckets**', 'politica   de bucket')).toBeCloseTo(1, 1);
  expect(compare('It takes 1,000 requests', 'It takes **1000** request')).toBeCloseTo(1, 1);
});

test('words that name what every JavaScript object has are words', () => {
  const reader = new ClaimReader('');
  expect(reader.spell(reader.read('constructor valueOf'))).toEqual(['constructor', 'valueof']);
});

test('a short answer is nearer to a long one that holds it than to one that does not', () => {
  const long = 'The service that stores objects is Amazon S3, which keeps data in several zones of a region.';
  expect(compare('Amazon S3', long)).toBeGreaterThan(compare('Amazon EFS', long));
});

test('numbers decide between sentences that are else the same', () => {
  const limit = (minutes: number) => `A function runs for ${minutes} minutes`;
  expect(compare(limit(15), limit(15))).toBeGreaterThan(compare(limit(15), limit(10)) + 0.3);
});

test('coverage is the share of the claims that a text says too, in one direction', () => {
  const reader = new ClaimReader(question);
  const read = (text: string) => reader.read(text);
  const [long, short] = [read('Amazon S3, in several zones'), read('Glacier and S3')];
  expect(measureCoverage(long, read('S3'))).toBe(1);
  expect(measureCoverage(read('S3'), long)).toBeLessThan(0.7);
  expect(measureCoverage(long, short)).toBeGreaterThan(0);
  expect(measureCoverage(long, short)).toBeLessThan(1);
});

test('words of the question are no claim', () => {
  expect(
    compare('The service that stores objects is EBS', 'The service that stores objects is Glacier'),
  ).toBe(0);
});
