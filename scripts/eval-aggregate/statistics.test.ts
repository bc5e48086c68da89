import { describe, expect, test } from 'vitest';
import { binScores, measureAuroc, measureCalibrationError } from './statistics.ts';

const scored = (...pairs: [score: number, correct: number][]) =>
  pairs.map(([score, correct]) => ({ score, correct }));

describe('AUROC', () => {
  test.each([
    ['right above wrong', scored([0.9, 1], [0.8, 1], [0.2, 0]), 1],
    ['wrong above right', scored([0.1, 1], [0.8, 0]), 0],
    ['all alike', scored([0.5, 1], [0.5, 0], [0.5, 1]), 0.5],
    ['three of four pairs in order', scored([0.9, 1], [0.7, 0], [0.6, 1], [0.1, 0]), 0.75],
  ])('%s', (_, list, expected) => {
    expect(measureAuroc(list)).toBeCloseTo(expected);
  });

  test('does not exist without wrong ones', () => {
    expect(measureAuroc(scored([0.9, 1]))).toBeNaN();
  });
});

test('the calibration error is the gap between claimed and right, weighed by the bins', () => {
  const list = scored([0.95, 1], [0.95, 0], [0.25, 0], [0.25, 0]);
  expect(measureCalibrationError(list)).toBeCloseTo((2 * 0.45 + 2 * 0.25) / 4);
  expect(binScores(list).map(({ from, count, right }) => [from, count, right])).toEqual([
    [0.2, 2, 0],
    [0.9, 2, 0.5],
  ]);
});

test('a score of one belongs to the last bin', () => {
  expect(binScores(scored([1, 1])).map(({ to }) => to)).toEqual([1]);
});
