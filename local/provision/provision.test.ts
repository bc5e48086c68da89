import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { CreateTableCommand, DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type EmbeddedAws, startEmbeddedAws } from '../emulators/embedded-aws.ts';
import { provision } from './provision.ts';

let embedded: EmbeddedAws;
let sqs: SQSClient;
let dynamodb: DynamoDBClient;

beforeEach(async () => {
  embedded = await startEmbeddedAws();
  const { region, sqsEndpoint, dynamodbEndpoint } = embedded.aws;
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  sqs = new SQSClient({ region, credentials, endpoint: sqsEndpoint as string });
  dynamodb = new DynamoDBClient({ region, credentials, endpoint: dynamodbEndpoint as string });
});
afterEach(async () => {
  sqs.destroy();
  dynamodb.destroy();
  await embedded.close();
});

const endpoints = () => ({
  sqsEndpoint: embedded.aws.sqsEndpoint as string,
  dynamodbEndpoint: embedded.aws.dynamodbEndpoint as string,
});

describe('provision', () => {
  it('puts a queue with dead letters behind it, and the table with its indexes', async () => {
    const aws = await provision({ ...endpoints(), queueName: 'asked', tableName: 'kept' });
    expect(aws.deadLetterQueueUrl).toMatch(/\/asked-dead-letters$/);
    const request = { QueueUrl: aws.queueUrl, AttributeNames: ['All' as const] };
    const { Attributes } = await sqs.send(new GetQueueAttributesCommand(request));
    expect(JSON.parse(Attributes?.RedrivePolicy ?? '{}')).toEqual({
      deadLetterTargetArn: expect.stringMatching(/:asked-dead-letters$/),
      maxReceiveCount: 100,
    });
    const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName: 'kept' }));
    expect(Table?.KeySchema).toEqual([{ AttributeName: 'pk', KeyType: 'HASH' }]);
    const indexes = Table?.GlobalSecondaryIndexes?.map(({ IndexName, Projection }) => [
      IndexName,
      Projection?.ProjectionType,
    ]);
    expect(indexes?.sort()).toEqual([
      ['by_client', 'KEYS_ONLY'],
      ['open_jobs', 'KEYS_ONLY'],
    ]);
  });

  it('changes nothing where all is in place, and comes to the same', async () => {
    expect(await provision(endpoints())).toEqual(embedded.aws);
  });

  it('refuses a table of this name that has other keys', async () => {
    const other = {
      TableName: 'other',
      BillingMode: 'PAY_PER_REQUEST' as const,
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' as const }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' as const }],
    };
    await dynamodb.send(new CreateTableCommand(other));
    await expect(provision({ ...endpoints(), tableName: 'other' })).rejects.toThrow(
      'the table other has other keys or indexes than shared/table.json',
    );
  });
});

async function runMain(env: Record<string, string | undefined>) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { out, err, code };
}

describe('npm run provision', () => {
  it('prints what api and worker need, under the names that the addresses end with', async () => {
    const { out, code } = await runMain({
      AWS_ENDPOINT_URL_SQS: embedded.aws.sqsEndpoint,
      AWS_ENDPOINT_URL_DYNAMODB: embedded.aws.dynamodbEndpoint,
      QUEUE_URL: 'http://127.0.0.1:4566/123456789012/questions',
      TABLE_NAME: 'questions',
    });
    expect(code).toBe(0);
    expect(out).toMatch(
      /^QUEUE_URL=http\S+\/questions\nDEAD_LETTER_QUEUE_URL=http\S+\/questions-dead-letters\nTABLE_NAME=questions\n$/,
    );
  });

  it.each([
    'AWS_ENDPOINT_URL_SQS',
    'AWS_ENDPOINT_URL_DYNAMODB',
  ])('touches nothing where %s is not set: it would be an account’s', async (missing) => {
    const both = {
      AWS_ENDPOINT_URL_SQS: 'http://127.0.0.1:1',
      AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:1',
    };
    const { out, err, code } = await runMain({ ...both, [missing]: '' });
    expect({ out, code }).toEqual({ out: '', code: 78 });
    expect(err).toContain(`${missing}: is missing`);
  });
});
