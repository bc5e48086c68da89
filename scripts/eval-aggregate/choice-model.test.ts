import { expect, test } from 'vitest';
import { type Decision, fitChoiceModel } from './choice-model.ts';
import { createDraws } from './seeded.ts';

const TRUE_WEIGHTS = [1.5, -0.8];

/** Decisions among three alternatives, drawn from a model with known weights. */
function drawDecisions(count: number): Decision[] {
  const draw = createDraws(7);
  return Array.from({ length: count }, () => {
    const alternatives = [0, 1, 2].map((place) => ({
      signs: [draw() * 2, draw() * 2],
      offset: place === 2 ? 0.5 : 0,
    }));
    const raised = alternatives.map(({ signs, offset }) =>
      Math.exp(signs.reduce((sum, sign, k) => sum + sign * (TRUE_WEIGHTS[k] ?? 0), offset)),
    );
    let rest = draw() * raised.reduce((a, b) => a + b, 0);
    const right = raised.findIndex((value) => {
      rest -= value;
      return rest <= 0;
    });
    return { alternatives, right };
  });
}

test('the weights that made the decisions are found again', () => {
  const [first = 0, second = 0] = fitChoiceModel(drawDecisions(3_000), 2);
  expect(Math.abs(first - 1.5), `first weight ${first}`).toBeLessThan(0.15);
  expect(Math.abs(second + 0.8), `second weight ${second}`).toBeLessThan(0.15);
});

test('a sign that always decides stays finite under the penalty', () => {
  const decisions: Decision[] = Array.from({ length: 50 }, () => ({
    alternatives: [
      { signs: [1], offset: 0 },
      { signs: [0], offset: 0 },
    ],
    right: 0,
  }));
  const [weight = 0] = fitChoiceModel(decisions, 1);
  expect([weight > 1, weight < 10], `weight ${weight}`).toEqual([true, true]);
});
