import { DeleteMessageBatchCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, it } from 'vitest';
import type { AwsConfig } from '../../config/common.ts';
import { clientOptions, trimmed } from './client-options.ts';

const URL = 'https://sqs.eu-west-1.amazonaws.com/1/q';
const aws = {
  region: 'eu-west-1',
  credentials: { accessKeyId: 'AKIA', secretAccessKey: 'secret' },
} as AwsConfig;

type Headers = Record<string, string>;

/** The headers of what a client sends. */
function watched(options: object) {
  const sent: Headers[] = [];
  const requestHandler = {
    async handle(request: { headers: Headers }) {
      sent.push({ ...request.headers });
      return { response: { statusCode: 200, headers: {}, body: Buffer.from('{}') } };
    },
  };
  return { sent, client: new SQSClient({ ...options, requestHandler }) };
}

async function useOf(client: SQSClient): Promise<void> {
  const entries = { Entries: [{ Id: '0', ReceiptHandle: 'a' }] };
  for (let time = 0; time < 2; time += 1) {
    await client.send(new ReceiveMessageCommand({ QueueUrl: URL }));
    await client.send(new DeleteMessageBatchCommand({ QueueUrl: URL, ...entries }));
  }
}

/** Without what differs from one request to the next. */
function lasting({ authorization = '', ...headers }: Headers): Headers {
  const { 'amz-sdk-invocation-id': _id, 'x-amz-date': _date, ...others } = headers;
  return { ...others, authorization: authorization.replace(/Signature=\w+|\/\d{8}\//g, '') };
}

it('sends the headers that a client of the SDK sends by itself', async () => {
  const pool = { maxSockets: 1, requestTimeoutMs: 1000 };
  const { requestHandler: _, ...options } = clientOptions(aws, undefined, pool);
  const theirs = watched({
    region: aws.region,
    credentials: aws.credentials,
    maxAttempts: 3,
    retryMode: 'standard',
  });
  const ours = watched(options);
  await useOf(theirs.client);
  await useOf(trimmed(ours.client));
  expect(ours.sent).toHaveLength(4);
  expect(ours.sent.map(lasting)).toEqual(theirs.sent.map(lasting));
  expect(ours.sent[3]?.['user-agent']).toContain('aws-sdk-js/');
});
