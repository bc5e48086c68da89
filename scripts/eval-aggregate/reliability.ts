import type { Graded } from './graded.ts';
import { measure, type Outcome } from './measure.ts';
import { splitFolds } from './seeded.ts';

/** A prior of one right and one wrong answer: a share of few answers stays near a half. */
const PRIOR_ANSWERS = 2;

/** The share of graded answers that each model had right, as `RELIABILITY` takes it. */
export function learnReliability(graded: readonly Graded[]): Map<string, number> {
  const answers = graded.flatMap((question) => question.answers);
  const byModel = [...Map.groupBy(answers, ({ model }) => model)].sort(([a], [b]) => (a < b ? -1 : 1));
  return new Map(
    byModel.map(([model, given]) => {
      const right = given.filter(({ correct }) => correct).length;
      return [model, (right + PRIOR_ANSWERS / 2) / (given.length + PRIOR_ANSWERS)];
    }),
  );
}

/** Each question with weights that were learned without its fold. */
export function measureWithReliability(graded: readonly Graded[], folds: number, seed: number): Outcome[] {
  const parts = splitFolds(graded, folds, seed);
  return parts.flatMap((part) => {
    const reliability = learnReliability(parts.filter((other) => other !== part).flat());
    return part.map((question) => measure(question, { reliability }));
  });
}
