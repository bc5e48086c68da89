import { describe, expect, test } from 'vitest';
import { detectLanguage, expectedLanguage, isWrongLanguage } from './language.ts';

const ENGLISH =
  'Amazon S3 is an object storage service that offers scalability and durability for all of your data.';
const PORTUGUESE =
  'O Amazon S3 é um serviço de armazenamento de objetos com alta durabilidade para os dados da empresa.';
const SPANISH =
  'El balanceador distribuye el tráfico entre las instancias de la aplicación en varias zonas de disponibilidad.';

test.each([
  [ENGLISH, 'en'],
  [PORTUGUESE, 'pt'],
  [SPANISH, 'es'],
])('%j is %s', (text, language) => {
  expect(detectLanguage(text)).toBe(language);
});

test.each([
  'Amazon S3',
  'Yes.',
  'Pedro Álvares Cabral, Vasco da Gama, Fernando Pessoa, José Saramago, João Gonçalves, Luís Camões',
  'Amazon S3, AWS Lambda, Amazon DynamoDB, Amazon CloudFront, Amazon Route 53 and AWS Fargate',
  '```sh\naws s3 cp file.txt s3://bucket --recursive --storage-class GLACIER --region eu-west-1 --acl private\n```',
  '$\\frac{a}{b} = \\sum_{i=1}^{n} x_i \\cdot \\sqrt{y_i}$ and so $x = 4$',
])('%j is not judged', (text) => {
  expect(detectLanguage(text)).toBeUndefined();
});

describe('expectedLanguage', () => {
  test('what the asker named comes before the language of the question', () => {
    expect(expectedLanguage({ text: ENGLISH, language: 'pt-BR' })).toBe('pt');
    expect(expectedLanguage({ text: PORTUGUESE })).toBe('pt');
  });

  test('a question that names a language itself leaves it open', () => {
    expect(expectedLanguage({ text: `Translate this into Portuguese, please: ${ENGLISH}` })).toBeUndefined();
  });
});

test('only a clearly other language is wrong', () => {
  expect(isWrongLanguage({ text: PORTUGUESE }, 'en')).toBe(true);
  expect(isWrongLanguage({ text: PORTUGUESE }, 'pt')).toBe(false);
  expect(isWrongLanguage({ text: 'Amazon S3' }, 'pt')).toBe(false);
});

test('what was found before is believed', () => {
  expect(isWrongLanguage({ text: PORTUGUESE, language: 'en' }, 'pt')).toBe(true);
  expect(isWrongLanguage({ text: PORTUGUESE, language: null }, 'en')).toBe(false);
});
