import fc from 'fast-check';
import type { Candidate } from './types.ts';

/** A complete answer of an upstream of its own. */
export function makeCandidate(provider: string, text: string, other: Partial<Candidate> = {}): Candidate {
  return {
    provider,
    model: `${provider}-model`,
    upstream: `https://${provider}.test/v1`,
    outcome: 'ok',
    text,
    ...other,
  };
}

export const makePanel = (...texts: string[]): Candidate[] =>
  texts.map((text, index) => makeCandidate(`provider-${index}`, text));

export const CLOSED_QUESTION = `Which AWS service stores objects with eleven nines of durability?
A) Amazon EBS
B) Amazon S3
C) Amazon EFS
D) Amazon S3 Glacier`;

const SENTENCES = [
  'Amazon S3 stores objects in buckets with eleven nines of durability.',
  'Amazon EBS volumes attach to one EC2 instance in one availability zone.',
  'O Amazon EFS é um sistema de arquivos compartilhado entre instâncias.',
  'A Lambda function runs for at most 15 minutes.',
  'The default visibility timeout of a queue is 30 seconds.',
  'Use Glacier for archives that are rarely read.',
  'The answer is (B).',
  'The answer is (D).',
  'A resposta correta é a letra C.',
];

/** Answers as models write them: one to three sentences, sometimes the same as another's. */
export const answerText = fc
  .array(fc.constantFrom(...SENTENCES), { minLength: 1, maxLength: 3 })
  .map((sentences) => sentences.join(' '));

/** One to six answers of different providers. */
export const panelOfAnswers = fc
  .array(answerText, { minLength: 1, maxLength: 6 })
  .map((texts) => makePanel(...texts));

export const anyQuestion = fc
  .constantFrom(CLOSED_QUESTION, 'How should objects be stored durably?', 'How long may a function run?')
  .map((text) => ({ text }));

/** Latin-1 and the signs of typography, with many numbers. */
export const westernText = fc.string({
  unit: fc.oneof(
    fc.constantFrom(...'2²¾.,ç'),
    fc.nat(0xff).map((code) => String.fromCharCode(code)),
    fc.integer({ min: 0x2010, max: 0x2027 }).map((code) => String.fromCharCode(code)),
  ),
  maxLength: 40,
});
