import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toProbability } from './calibration.ts';

const calibration = { intercept: -1, weights: { share: 2, hedges: -1 } };

test('the score is a log-odds', () => {
  expect(toProbability({ share: 0.5, hedges: 0 }, calibration)).toBeCloseTo(0.5);
  expect(toProbability({ share: 1, hedges: 0 }, calibration)).toBeCloseTo(Math.E / (1 + Math.E));
  expect(toProbability({ share: 1, hedges: 1 }, calibration)).toBeCloseTo(0.5);
});

test('no sign makes certain', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), (share) => {
      const probability = toProbability({ share, hedges: 0 }, calibration);
      expect(probability).toBeGreaterThanOrEqual(0.01);
      expect(probability).toBeLessThanOrEqual(0.99);
    }),
  );
});
