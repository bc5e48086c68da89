import fc from 'fast-check';
import { expect, test } from 'vitest';
import { weighProse } from './weigh-prose.ts';

const ENGLISH =
  'the of and iS The THE nao e Uma com which minhas a I S3 x86 1,000 EC2 Lambda zone of_a'.split(' ');
const WESTERN = 'ção Água é ª ² ¾ ß Ø às NÃO você x—y “z”'.split(' ');
const textOf = (words: readonly string[]) =>
  fc.array(fc.constantFrom(...words), { maxLength: 40 }).map((list) => list.join(' '));

test('plain English and other Western languages are weighed as every text is', () => {
  fc.assert(
    fc.property(fc.oneof(textOf(ENGLISH), textOf([...ENGLISH, ...WESTERN])), (text) => {
      // A sign beyond them takes the general way, and is no word.
      expect(weighProse(`${text} →`)).toEqual(weighProse(text));
    }),
    { numRuns: 1_000 },
  );
});

test('words, markers and names are counted, and letters of other scripts say enough', () => {
  const short = weighProse('The bucket of S3 is not yet a table');
  expect(short).toEqual({ enough: false, words: 9, marks: { en: 4, pt: 0 } });
  expect(weighProse('A chave NÃO é uma das senhas, e o nome da tabela não muda').enough).toBe(true);
  expect(weighProse('Amazon S3, AWS Lambda, EC2, Amazon SQS, AWS Fargate and AWS Glue').enough).toBe(false);
  expect(weighProse('правоохранительный').enough).toBe(false);
  expect(weighProse('правоохранительныйорган').enough).toBe(true);
  expect(weighProse('对象存储服务对象存储服务对象存储服务对象存储服务').enough).toBe(true);
});
