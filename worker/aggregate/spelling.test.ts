import { expect, test } from 'vitest';
import { spell } from './spelling.ts';

const plain = { isStop: false, isFigure: false, isName: false };

test.each([
  ['buckets', { ...plain, term: 'bucket', weight: 1.1 }],
  ['The', { ...plain, term: 'the', weight: 0.7 * 1.3, isStop: true, isName: true, marks: 'en' }],
  ['the', { ...plain, term: 'the', weight: 0.7, isStop: true, marks: 'en' }],
  ['NÃO', { ...plain, term: 'nao', weight: 1.6, isStop: true, isName: true, marks: 'pt' }],
  ['1,000', { ...plain, term: '1000', weight: 2, isFigure: true, isName: true }],
  ['três', { ...plain, term: '3', weight: 0.8, isFigure: true }],
  ['PrivateLink', { ...plain, term: 'privatelink', weight: 1.6, isName: true }],
])('%j', (word, spelling) => {
  expect(spell(word)).toEqual(spelling);
});
