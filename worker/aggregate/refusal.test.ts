import { expect, test } from 'vitest';
import { isRefusal } from './refusal.ts';

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
  'B',
  'I am not sure, but I think B.',
  "I don't know exactly, it is probably B.",
  'I cannot see your setup. If you need low latency, use EBS with provisioned IOPS.',
  'Não tenho acesso à sua conta. Recomendo usar o S3 com versionamento.',
  '',
])('%j answers', (text) => {
  expect(isRefusal(text)).toBe(false);
});
