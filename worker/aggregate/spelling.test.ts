import { expect, test } from 'vitest';
import { spell } from './spelling.ts';

test.each([
  ['buckets', { term: 'bucket', weight: 1.1, isStop: false, isFigure: false }],
  ['The', { term: 'the', weight: 0.7 * 1.3, isStop: true, isFigure: false }],
  ['the', { term: 'the', weight: 0.7, isStop: true, isFigure: false }],
  ['1,000', { term: '1000', weight: 2, isStop: false, isFigure: true }],
  ['três', { term: '3', weight: 0.8, isStop: false, isFigure: true }],
  ['PrivateLink', { term: 'privatelink', weight: 1.6, isStop: false, isFigure: false }],
])('%j says the same however many words come between', (word, spelling) => {
  expect(spell(word)).toEqual(spelling);
  for (let other = 0; other < 20_000; other++) spell(`other${other}`);
  expect(spell(word)).toEqual(spelling);
  expect(spell(word)).toEqual(spelling);
});
