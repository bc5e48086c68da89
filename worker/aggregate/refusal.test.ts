import { expect, test } from 'vitest';
import { declines, isRefusal } from './refusal.ts';

test.each([
  "I'm sorry, but I can't help with that.",
  'I cannot answer this question.',
  'As an AI language model, I do not have access to your account. Please contact AWS support.',
  'I’m sorry, but I couldn’t find any information about this service. Let me know if you have more details.',
  'Unfortunately, I am unable to provide that.',
  'Desculpe, mas não posso ajudar com isso.',
  'Não tenho informações sobre esse serviço.',
  'Como um modelo de linguagem, não consigo acessar a sua conta. Recomendo consultar o suporte.',
  'Não sei.',
])('%j refuses', (text) => {
  expect(isRefusal(text)).toBe(true);
});

test.each([
  "I can't see your bill, but S3 Standard costs about 0.023 USD per GB and month in us-east-1.",
  'As an AI language model, I have no access to live prices. However, EC2 instances are billed by the second.',
  'Não posso ver a sua conta, mas o S3 cobra por GB armazenado e por requisição.',
  'You cannot attach one EBS volume to instances in two zones.',
  'IAM denies by default: a user is not able to read the bucket until a policy allows it.',
  'O Lambda não tem acesso à VPC por padrão.',
  'Scan results do not include deleted items.',
  'An identity policy document does not include a principal.',
  'Os resultados de um Scan não contêm itens apagados.',
  'B',
  'I am not sure, but I think B.',
  "I don't know exactly, it is probably B.",
  'I cannot see your setup. If you need low latency, use EBS with provisioned IOPS.',
  'Não tenho acesso à sua conta. Recomendo usar o S3 com versionamento.',
  '',
])('%j answers', (text) => {
  expect(isRefusal(text)).toBe(false);
});

test.each([
  'The name is not mentioned in the provided text.\nSources:\n\n- [A page (archive)](https://a.test/b_(c))\n2. https://a.test',
  'The provided text does not specify the year.',
  'O ano não é mencionado no texto fornecido.\nFontes:\n- [Uma página](https://a.test)',
])('%j refuses: what a source lacks is no answer, and neither is a list of sources', (text) => {
  expect(isRefusal(text)).toBe(true);
});

test('a wall of spaces, marks or brackets is read like any text', () => {
  const walls = [' ', '\t', '[', '(', '- ', '[a](', '1. '].map((unit) => `${unit.repeat(12_000)}x`);
  expect(walls.map(isRefusal)).toEqual(walls.map(() => false));
});

test('a sentence declines even where more follows', () => {
  expect(declines('I cannot determine it from here.')).toBe(true);
  expect(declines('The default is 30 seconds.')).toBe(false);
});
