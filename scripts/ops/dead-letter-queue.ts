import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { clientOptions } from '../../shared/adapters/aws/client-options.ts';
import type { AwsConfig } from '../../shared/config/common.ts';

export interface DeadLetter {
  body: string;
  /** Why it lies there; null where SQS itself put it, after too many receives. */
  reason: string | null;
  /** Epoch milliseconds; null where the queue does not say. */
  sentAt: number | null;
  receipt: string;
}

const BATCH = 10;
const WAIT_SECONDS = 1;
/** Long enough for whoever is asked to decide; then it is there again for the next look. */
const HELD_SECONDS = 300;

function toDeadLetter({ Body = '', ReceiptHandle = '', MessageAttributes, Attributes }: Message): DeadLetter {
  return {
    body: Body,
    reason: MessageAttributes?.reason?.StringValue ?? null,
    sentAt: Attributes?.SentTimestamp === undefined ? null : Number(Attributes.SentTimestamp),
    receipt: ReceiptHandle,
  };
}

/** The dead letters, which no service of ours ever reads. */
export class DeadLetterQueue {
  readonly #client: SQSClient;
  readonly #queueUrl: string;

  constructor(aws: AwsConfig) {
    this.#queueUrl = aws.deadLetterQueueUrl;
    const pool = { maxSockets: 4, requestTimeoutMs: 10_000 };
    this.#client = new SQSClient({ ...clientOptions(aws, aws.sqsEndpoint, pool), md5: false });
  }

  /** Approximate. */
  async count(): Promise<number> {
    const { Attributes } = await this.#client.send(
      new GetQueueAttributesCommand({
        QueueUrl: this.#queueUrl,
        AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
      }),
    );
    const { ApproximateNumberOfMessages = 0, ApproximateNumberOfMessagesNotVisible = 0 } = Attributes ?? {};
    return Number(ApproximateNumberOfMessages) + Number(ApproximateNumberOfMessagesNotVisible);
  }

  /** Takes up to `max` of them: nobody else sees them until they are put back, or five minutes are over. */
  async take(max: number): Promise<DeadLetter[]> {
    const taken: DeadLetter[] = [];
    while (taken.length < max) {
      const { Messages = [] } = await this.#client.send(
        new ReceiveMessageCommand({
          QueueUrl: this.#queueUrl,
          MaxNumberOfMessages: Math.min(BATCH, max - taken.length),
          WaitTimeSeconds: WAIT_SECONDS,
          VisibilityTimeout: HELD_SECONDS,
          MessageAttributeNames: ['reason'],
          MessageSystemAttributeNames: ['SentTimestamp'],
        }),
      );
      if (Messages.length === 0) break;
      taken.push(...Messages.map(toDeadLetter));
    }
    return taken;
  }

  async putBack(letters: readonly DeadLetter[]): Promise<void> {
    for (const { receipt } of letters) {
      const request = { QueueUrl: this.#queueUrl, ReceiptHandle: receipt, VisibilityTimeout: 0 };
      await this.#client.send(new ChangeMessageVisibilityCommand(request));
    }
  }

  async remove({ receipt }: DeadLetter): Promise<void> {
    await this.#client.send(new DeleteMessageCommand({ QueueUrl: this.#queueUrl, ReceiptHandle: receipt }));
  }

  close(): void {
    this.#client.destroy();
  }
}
