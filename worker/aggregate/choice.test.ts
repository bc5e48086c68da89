import { describe, expect, test } from 'vitest';
import { createChoiceReader } from './choice.ts';
import { readClosedQuestion } from './closed-question.ts';
import { CLOSED_QUESTION } from './fixtures.ts';

function readerOf(question: string) {
  const closed = readClosedQuestion(question);
  if (closed === undefined) throw new Error(`not a closed question: ${question}`);
  return createChoiceReader(question, closed);
}

describe('one option', () => {
  const read = readerOf(CLOSED_QUESTION);

  test.each([
    ['The answer is (B).', 'B'],
    ['B', 'B'],
    ['b)', 'B'],
    ['**B**', 'B'],
    ['**B) Amazon S3**', 'B'],
    ['B. Amazon S3, because it is object storage.', 'B'],
    ['ANSWER: B', 'B'],
    ['I choose option B.', 'B'],
    ['(B) is the right choice', 'B'],
    ['$\\boxed{B}$', 'B'],
    ['The best choice here would be Amazon S3 (B).', 'B'],
    ['A resposta correta é a letra B.', 'B'],
    ['Resposta: B', 'B'],
    ['Gabarito: **B**', 'B'],
    ['a correta é B', 'B'],
    ['Opção correta: B) Amazon S3', 'B'],
    ['Eu escolheria a opção B, o S3.', 'B'],
  ])('%j chooses %s', (answer, choice) => {
    expect(read(answer)?.choice).toBe(choice);
  });

  test.each([
    ['Amazon S3', 'B'],
    ['I would use Amazon S3 for this.', 'B'],
    ['Amazon S3 Glacier', 'D'],
  ])('%j names the text of %s', (answer, choice) => {
    expect(read(answer)?.choice).toBe(choice);
  });

  test.each([
    ['The answer is A. Wait, EBS is block storage, so the answer is B.', 'B'],
    ['A is wrong because EBS is block storage. B is correct.', 'B'],
    ['Option A is incorrect. Option C is incorrect too. The correct option is B', 'B'],
    ['The answer is not A, it is B.', 'B'],
    ['The correct answer is **B. Amazon S3**, not A.', 'B'],
    ['Although many choose A, B is the correct answer', 'B'],
    ['A letra A está errada; a certa é a letra B.', 'B'],
    ['A resposta não é A. É a B.', 'B'],
    ['The answer is B. The answer A is wrong: EBS is block storage.', 'B'],
    ['It is B rather than answer A.', 'B'],
    ['A) Incorrect: blocks\nB) Correct: objects\nC) Incorrect: files\nD) Incorrect', 'B'],
    [
      'The correct answer is:\n\n**B) Amazon S3**\n\nWhy not the others:\n- A) EBS is block\n- C) EFS is file',
      'B',
    ],
  ])('%j: the last statement wins, what is ruled out does not count', (answer, choice) => {
    expect(read(answer)?.choice).toBe(choice);
  });

  test.each([
    'A or B, hard to say.',
    'It depends on your needs.',
    'A good answer needs context.',
    'The answer is E',
    'EBS, S3 and EFS all store data.',
    '',
  ])('%j does not choose', (answer) => {
    expect(read(answer)).toBeUndefined();
  });
});

describe('two options', () => {
  const read = readerOf(
    'Which TWO are serverless? (Choose two.)\nA. AWS Lambda\nB. Amazon EC2\nC. AWS Fargate\nD. Amazon EBS\nE. Amazon RDS',
  );

  test.each([
    ['The correct answers are A and C.', 'A+C'],
    ['C, A', 'A+C'],
    ['**A** and **C**', 'A+C'],
    ['As respostas corretas são A e C', 'A+C'],
    ['A. AWS Lambda\nC. AWS Fargate', 'A+C'],
    ['AWS Lambda and AWS Fargate are serverless.', 'A+C'],
    ['A is correct. B is wrong. C is correct.', 'A+C'],
    ['- A: correct\n- B: incorrect\n- C: correct\n- D: incorrect\n- E: incorrect', 'A+C'],
    ['The answer is A.', undefined],
  ])('%j chooses %s', (answer, choice) => {
    expect(read(answer)?.choice).toBe(choice);
  });
});

test.each([
  ['Yes, it is.', 'yes'],
  ['**No.** It is global.', 'no'],
  ['Sim, é regional.', 'yes'],
  ['Não, é global.', 'no'],
  ['It spans zones. So the answer is no.', 'no'],
  ['No S3, os buckets ficam em uma região.', undefined],
  ['Nothing says so.', undefined],
])('%j says %s', (answer, choice) => {
  expect(readerOf('Is S3 a regional service?')(answer)?.choice).toBe(choice);
});

test.each([
  ['15 minutes', '900 second'],
  ['The limit is **15 minutes** (900 seconds).', '900 second'],
  ['quinze não, são cinco', '5'],
  ['1,000 objects', '1000'],
  ['cerca de 10 por segundo', '10'],
  ['99,9 por cento', '99.9 percent'],
  ['Between 5 and 10 minutes', undefined],
  ['It depends.', undefined],
])('%j gives %s', (answer, choice) => {
  expect(readerOf('How long may a function run?')(answer)?.choice).toBe(choice);
});
