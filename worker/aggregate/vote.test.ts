import { describe, expect, test } from 'vitest';
import { readClosedQuestion } from './closed-question.ts';
import { CLOSED_QUESTION, makePanel } from './fixtures.ts';
import { readPanel } from './panel.ts';
import { countPossible, readBallots, weighBallots } from './vote.ts';

const FLAT = { intercept: Math.LN2, weights: { reasoning: 0, grounding: 0, wavering: 0 } };

function ballotsOf(...texts: string[]) {
  const closed = readClosedQuestion(CLOSED_QUESTION);
  if (closed === undefined) throw new Error('the fixture lists options');
  return readBallots(
    { text: CLOSED_QUESTION },
    closed,
    readPanel({ text: CLOSED_QUESTION }, makePanel(...texts)),
  );
}

test.each([
  ['Which?\nA) x\nB) y\nC) z', 3],
  ['Which TWO? (Choose two.)\nA. x\nB. y\nC. z\nD. w', 6],
  ['Select all that apply.\nA. x\nB. y\nC. z', 7],
  ['Is S3 regional?', 2],
])('%j allows %i answers', (text, count) => {
  const closed = readClosedQuestion(text);
  expect(closed && countPossible(closed)).toBe(count);
});

describe('belief', () => {
  const { cast } = ballotsOf('B', 'The answer is B.', 'The answer is A.');

  test('is shared among the choices and what nobody chose', () => {
    const beliefs = weighBallots(cast, 4, [], FLAT);
    // exp(2 ln 2) : exp(ln 2) : two options without a ballot
    expect(beliefs.get('B')).toBeCloseTo(4 / 8);
    expect(beliefs.get('A')).toBeCloseTo(2 / 8);
  });

  test('moves with trust in a row', () => {
    const against = cast.find(({ choice }) => choice === 'A')?.row ?? -1;
    const trust = [0, 1, 2].map((row) => (row === against ? Math.log(8) : 0));
    expect(weighBallots(cast, 4, trust, FLAT).get('A')).toBeCloseTo(16 / (16 + 4 + 2));
  });
});

describe('signs', () => {
  const signsOf = (text: string) => ballotsOf(text).cast[0]?.signs;

  test('grounding is the share of the option that the answer speaks of', () => {
    expect(signsOf('The answer is B.')?.grounding).toBe(0);
    expect(signsOf('The answer is B, Amazon S3.')?.grounding).toBeCloseTo(1);
    const half = signsOf('The answer is D: S3.')?.grounding ?? 0;
    expect([half > 0, half < 0.5], `grounding ${half}`).toEqual([true, true]);
  });

  test('reasoning counts from 64 words on and is bounded', () => {
    const reasonOf = (words: number) =>
      signsOf(`${'because '.repeat(words)} the answer is B.`)?.reasoning ?? -1;
    expect([reasonOf(10), reasonOf(123) > 0.9, reasonOf(900)]).toEqual([0, true, 2]);
  });

  test('a changed mind is seen', () => {
    expect(signsOf('The answer is A. No, the answer is B.')).toMatchObject({ wavering: 1 });
  });
});
