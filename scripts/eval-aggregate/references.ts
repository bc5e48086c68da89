import type { Graded } from './graded.ts';
import { votePlainly } from './plain-vote.ts';
import { mean } from './statistics.ts';

/** What simpler ways reach on the same questions: shares of right answers. */
export interface References {
  best: { model: string; share: number };
  average: number;
  longest: number;
  plainVote: number;
  /** Some answer is right: no choice among them does better. */
  oracle: number;
}

const toNumber = (correct: boolean): number => Number(correct);

export function measureReferences(graded: readonly Graded[]): References {
  const models = new Set(graded.flatMap(({ answers }) => answers.map(({ model }) => model)));
  const shares = [...models].map((model) => {
    const given = graded.flatMap(({ answers }) => answers.filter((answer) => answer.model === model));
    return { model, share: mean(given.map(({ correct }) => toNumber(correct))) };
  });
  return {
    best: shares.reduce((best, other) => (other.share > best.share ? other : best)),
    average: mean(graded.map(({ answers }) => mean(answers.map(({ correct }) => toNumber(correct))))),
    longest: mean(
      graded.map(({ answers }) =>
        toNumber(answers.reduce((a, b) => (b.text.length > a.text.length ? b : a)).correct),
      ),
    ),
    plainVote: mean(graded.map(votePlainly)),
    oracle: mean(graded.map(({ answers }) => toNumber(answers.some(({ correct }) => correct)))),
  };
}
