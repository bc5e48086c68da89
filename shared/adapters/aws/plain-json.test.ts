import {
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  DynamoDBClient,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { QueueDoesNotExist, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toItem } from '../dynamo/row.ts';
import { PlainJsonProtocol, WrittenInput } from './plain-json.ts';

/** What is asked and answered, in the SDK's own way or in ours. */
function stand(answer: { status?: number; headers?: Record<string, string>; body: string }) {
  const bodies: string[] = [];
  const options = {
    region: 'us-east-1',
    endpoint: 'http://127.0.0.1:1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    maxAttempts: 1,
    requestHandler: {
      async handle({ body }: { body: Uint8Array }) {
        bodies.push(Buffer.from(body.buffer, body.byteOffset, body.length).toString());
        const { status: statusCode = 200, headers = {} } = answer;
        return { response: { statusCode, headers: { ...headers }, body: Buffer.from(answer.body) } };
      },
    },
  };
  const plain = { ...options, protocol: PlainJsonProtocol };
  return { bodies, options, plain };
}

const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.maxSafeInteger(),
    fc.constantFrom(null, true, false, 1e-7, 0.1),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.string({ unit: 'binary' }), tie('value'), { maxKeys: 4 }),
  ),
}));

describe('the plain JSON of the SDK clients', () => {
  it('is, byte for byte, what the SDK writes', async () => {
    const row = fc.dictionary(fc.string({ unit: 'binary' }), value);
    await fc.assert(
      fc.asyncProperty(row, async (values) => {
        const { bodies, options, plain } = stand({ body: '{}' });
        const request = { TableName: 't', Item: toItem({ ...values, half: '\ud83d' }), Expected: undefined };
        await new DynamoDBClient(options).send(new PutItemCommand(request));
        await new DynamoDBClient(plain).send(new PutItemCommand(request));
        expect(bodies[1]).toBe(bodies[0]);
      }),
      { numRuns: 50 },
    );
  });

  it('sends what is JSON already as it is', async () => {
    const { bodies, plain } = stand({ body: '{}' });
    const input = Object.assign(new WrittenInput('{ "é": 1 }'), { TableName: undefined, Item: undefined });
    await new DynamoDBClient(plain).send(new PutItemCommand(input));
    expect(bodies).toEqual(['{ "é": 1 }']);
  });

  it('reads what the SDK reads', async () => {
    await fc.assert(
      fc.asyncProperty(value, async (stored) => {
        const body = JSON.stringify({ Responses: { t: [toItem({ stored })] }, UnprocessedKeys: {} });
        const { options, plain } = stand({ body });
        const request = { RequestItems: { t: { Keys: [{ pk: { S: 'a' } }] } } };
        const { $metadata: _, ...theirs } = await new DynamoDBClient(options).send(
          new BatchGetItemCommand(request),
        );
        const { $metadata: __, ...ours } = await new DynamoDBClient(plain).send(
          new BatchGetItemCommand(request),
        );
        expect(ours).toEqual(theirs);
      }),
      { numRuns: 50 },
    );
  });

  it('reads messages, and that there are none', async () => {
    const message = { MessageId: '1', Body: '{"é":1}', Attributes: { ApproximateReceiveCount: '2' } };
    const command = () => new ReceiveMessageCommand({ QueueUrl: 'http://127.0.0.1:1/1/q' });
    const some = stand({ body: JSON.stringify({ Messages: [message] }) }).plain;
    expect((await new SQSClient({ ...some, md5: false }).send(command())).Messages).toEqual([message]);
    const none = stand({ body: '{}' }).plain;
    expect((await new SQSClient({ ...none, md5: false }).send(command())).Messages).toBeUndefined();
  });

  it('leaves errors what they are', async () => {
    const refused = stand({
      status: 400,
      body: '{"__type":"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException","message":"no"}',
    });
    const put = new DynamoDBClient(refused.plain).send(new PutItemCommand({ TableName: 't', Item: {} }));
    await expect(put).rejects.toThrow(ConditionalCheckFailedException);
    await expect(put).rejects.toMatchObject({
      message: 'no',
      $metadata: { httpStatusCode: 400, attempts: 1 },
    });
    const missing = stand({
      status: 400,
      headers: { 'x-amzn-query-error': 'AWS.SimpleQueueService.NonExistentQueue;Sender' },
      body: '{"__type":"com.amazonaws.sqs#QueueDoesNotExist","message":"gone"}',
    });
    const receive = new SQSClient(missing.plain).send(
      new ReceiveMessageCommand({ QueueUrl: 'http://q/1/q' }),
    );
    await expect(receive).rejects.toThrow(QueueDoesNotExist);
  });

  it('says so where an answer is no JSON', async () => {
    const { plain } = stand({ body: '<html>' });
    const put = new DynamoDBClient(plain).send(new PutItemCommand({ TableName: 't', Item: {} }));
    await expect(put).rejects.toThrow(SyntaxError);
  });
});
