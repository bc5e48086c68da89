import { setFlagsFromString } from 'node:v8';
import { runInThisContext } from 'node:vm';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { makeQuickToCopy } from './quick-copies.ts';

setFlagsFromString('--allow-natives-syntax');
const isQuickToCopy: (object: object) => boolean = runInThisContext('(object) => %HasFastProperties(object)');

const options = {
  region: 'us-east-1',
  endpoint: 'http://127.0.0.1:1',
  credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  requestHandler: {
    handle: async () => ({ response: { statusCode: 200, headers: {}, body: Buffer.from('{}') } }),
  },
};

const dynamo = () => new DynamoDBClient(options);
const sqs = () => new SQSClient(options);

describe('the config of an SDK client', () => {
  it.each([dynamo, sqs])('is slow to copy as it comes (%o)', (create) => {
    expect(isQuickToCopy(create().config)).toBe(false);
  });

  it.each([dynamo, sqs])('is quick to copy, with all that is in it (%o)', (create) => {
    const { config } = create();
    const before = { ...config };
    makeQuickToCopy(config);
    expect(isQuickToCopy(config)).toBe(true);
    expect({ ...config }).toEqual(before);
  });

  it('stays so while requests write into it', async () => {
    const tables = dynamo();
    const queues = sqs();
    makeQuickToCopy(tables.config);
    makeQuickToCopy(queues.config);
    for (let time = 0; time < 10; time += 1) {
      await tables.send(new GetItemCommand({ TableName: 't', Key: { pk: { S: 'a' } } }));
      await queues.send(new ReceiveMessageCommand({ QueueUrl: 'http://127.0.0.1:1/1/q' }));
    }
    expect(isQuickToCopy(tables.config)).toBe(true);
    expect(isQuickToCopy(queues.config)).toBe(true);
  });
});
