import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { AwsConfig } from '../../config/common.ts';
import { clientOptions } from '../aws/client-options.ts';
import { createSqsQueue } from '../sqs/sqs-queue.ts';
import type { QueueUnderTest } from './queue-conformance.ts';

/** The SQS adapter at the queues of `aws`, with a client of its own that reads the dead letters. */
export function sqsUnderTest(aws: AwsConfig, closeBackend: () => Promise<void>): QueueUnderTest {
  const queue = createSqsQueue({ aws });
  const client = new SQSClient(
    clientOptions(aws, aws.sqsEndpoint, { maxSockets: 4, requestTimeoutMs: 10_000 }),
  );
  const QueueUrl = aws.deadLetterQueueUrl;
  return {
    queue,
    async readDeadLetters() {
      const request = { QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] };
      const { Messages = [] } = await client.send(new ReceiveMessageCommand(request));
      for (const { ReceiptHandle } of Messages) {
        await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
      }
      return Messages.map(({ Body, MessageAttributes }) => ({
        body: Body ?? '',
        reason: MessageAttributes?.reason?.StringValue,
      }));
    },
    async close() {
      client.destroy();
      await queue.close();
      await closeBackend();
    },
  };
}
