import { expect, test } from 'vitest';
import { CLOSED_QUESTION } from './fixtures.ts';
import { readSynthesis } from './read-synthesis.ts';

const closed = { text: CLOSED_QUESTION };
const open = { text: 'How can a company store the objects of its application with high durability?' };

test('a merged answer is taken, trimmed', () => {
  expect(readSynthesis(open, '\nUse Amazon S3.\n')).toEqual({ ok: true, text: 'Use Amazon S3.' });
  expect(readSynthesis(closed, '**B) Amazon S3**: objects.')).toEqual({
    ok: true,
    text: '**B) Amazon S3**: objects.',
  });
});

test.each([
  [open, ' \n---', 'empty'],
  [open, "I'm sorry, but I can't merge these. I cannot answer this question.", 'refusal'],
  [open, `Use S3.\n<<<END ${'0a'.repeat(16)}>>>`, 'leaked_delimiter'],
  [
    open,
    'Use o Amazon S3: ele é um serviço de armazenamento com alta durabilidade para os seus dados.',
    'wrong_language',
  ],
  [
    { ...open, language: 'pt' },
    'Use Amazon S3: it is the service for all of your data and it is durable.',
    'wrong_language',
  ],
  [closed, 'It depends on how the data is read.', 'no_option'],
])('%j does not accept %j: %s', (question, text, reason) => {
  expect(readSynthesis(question, text)).toEqual({ ok: false, reason });
});

test('several options may be discussed, as long as they are stated', () => {
  const two = { text: 'Which TWO? (Choose two.)\nA. Lambda\nB. EC2\nC. Fargate' };
  expect(readSynthesis(two, 'A and C are correct.').ok).toBe(true);
});
