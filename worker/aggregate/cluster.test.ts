import { expect, test } from 'vitest';
import { clusterBySimilarity, meanOver } from './cluster.ts';

const MATRIX = [
  [1, 0.1, 0.9, 0.2],
  [0.1, 1, 0.2, 0.8],
  [0.9, 0.2, 1, 0.1],
  [0.2, 0.8, 0.1, 1],
];

test('the closest join until no link reaches the threshold', () => {
  expect(clusterBySimilarity(MATRIX, 0.5)).toEqual([
    [0, 2],
    [1, 3],
  ]);
  expect(clusterBySimilarity(MATRIX, 0.85)).toEqual([[0, 2], [1], [3]]);
  expect(clusterBySimilarity(MATRIX, 0.1)).toEqual([[0, 1, 2, 3]]);
  expect(clusterBySimilarity([], 0.5)).toEqual([]);
});

test('a chain of pairs does not join strangers', () => {
  const chain = [
    [1, 0.6, 0],
    [0.6, 1, 0.59],
    [0, 0.59, 1],
  ];
  expect(clusterBySimilarity(chain, 0.5)).toEqual([[0, 1], [2]]);
});

test('the mean to the others', () => {
  expect(meanOver(MATRIX, 0, [0, 2, 3])).toBeCloseTo(0.55);
  expect(meanOver(MATRIX, 0, [0])).toBe(1);
});
