import { describe, expect, test } from 'vitest';
import { type Graded, parseGraded } from './graded.ts';
import { learn, prepareLessons } from './learn.ts';
import { measure } from './measure.ts';
import { measureReferences } from './references.ts';
import { learnReliability, measureWithReliability } from './reliability.ts';
import { formatSet } from './report.ts';

const OPTIONS = 'A) Amazon EBS\nB) Amazon S3\nC) Amazon EFS';

/** Three models; the third is right on every question, the others on every second one, together. */
const graded: Graded[] = Array.from({ length: 40 }, (_, index) => {
  const others = index % 2 === 0 ? 'The answer is B.' : 'The answer is A.';
  return {
    id: `q${index}`,
    set: 'storage',
    question: `Which service stores objects (case ${index})?\n${OPTIONS}`,
    answers: [
      { model: 'one', text: others, correct: index % 2 === 0 },
      { model: 'two', text: others, correct: index % 2 === 0 },
      { model: 'three', text: 'The answer is B. Objects live in Amazon S3.', correct: true },
    ],
  };
});

describe('data', () => {
  const line = (text: string) =>
    JSON.stringify({ id: '1', set: 's', question: 'q', candidates: [{ model: 'a', answer_text: text }] });

  test('a line that lacks a verdict is named', () => {
    expect(() => parseGraded(`\n${line('x')}`)).toThrow(/^line 2 must be JSON with/);
    expect(() => parseGraded('{')).toThrow(/^line 1 must be JSON with/);
  });

  test('what else a line holds is left aside', () => {
    const record = { id: '1', set: 's', question: 'q', gold: ['g'] };
    const candidates = ['a', 'b'].map((model) => ({ model, answer_text: 't', correct: true, grade: 'A' }));
    expect(parseGraded(JSON.stringify({ ...record, candidates }))).toEqual([
      {
        id: '1',
        set: 's',
        question: 'q',
        answers: ['a', 'b'].map((model) => ({ model, text: 't', correct: true })),
      },
    ]);
  });
});

test('an outcome says whether the text that came out was graded as right', () => {
  const [right, wrong] = graded.slice(0, 2).map((question) => measure(question));
  expect([right?.correct, wrong?.correct]).toEqual([1, 0]);
  expect([right?.stable, wrong?.stable]).toEqual([true, true]);
  expect(right?.agreement).toBeGreaterThan(wrong?.agreement ?? 1);
});

test('the simpler ways are measured beside it', () => {
  expect(measureReferences(graded)).toEqual({
    best: { model: 'three', share: 1 },
    average: expect.closeTo(2 / 3),
    longest: 1,
    plainVote: 0.5,
    oracle: 1,
  });
});

test('reliability is learned from the other folds only', () => {
  expect([...learnReliability(graded)]).toEqual([
    ['one', 21 / 42],
    ['three', 41 / 42],
    ['two', 21 / 42],
  ]);
  const outcomes = measureWithReliability(graded, 4, 1);
  expect(outcomes.map(({ graded: { id } }) => id).sort()).toEqual(graded.map(({ id }) => id).sort());
  expect(outcomes.every(({ correct }) => correct === 1)).toBe(true);
});

test('no question is decided with weights that saw it', () => {
  // What the other question alone teaches is wrong for each; both together would teach nothing.
  const ask = (id: string, right: string, wrong: string): Graded => ({
    id,
    set: 'storage',
    question: `Which service stores objects (case ${id})?\n${OPTIONS}`,
    answers: [
      { model: right, text: 'The answer is B. It stores objects in buckets.', correct: true },
      { model: wrong, text: 'The answer is A.', correct: false },
    ],
  });
  const outcomes = measureWithReliability([ask('1', 'one', 'two'), ask('2', 'two', 'one')], 2, 1);
  expect(outcomes.map(({ correct }) => correct)).toEqual([0, 0]);
});

test('constants that are learned let agreement follow the truth', () => {
  const learned = learn(graded.flatMap((question, index) => prepareLessons(question, index)));
  const [right, wrong] = graded.slice(0, 2).map((question) => measure(question, { learned }));
  expect(right?.agreement).toBeGreaterThan(0.8);
  expect(wrong?.agreement).toBeLessThan(right?.agreement ?? 0);
});

test('a line of the table holds the shares', () => {
  const outcomes = graded.map((question) => measure(question));
  expect(formatSet('storage', outcomes, outcomes)).toMatch(
    /^storage +40 +66\.7 +100\.0 +100\.0 +50\.0 +50\.0 ± 15\.5 +50\.0/,
  );
});
