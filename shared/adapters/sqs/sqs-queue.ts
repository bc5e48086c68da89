import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  type Message,
  type MessageAttributeValue,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import type { AwsConfig } from '../../config/common.ts';
import {
  type Delivery,
  type ExtendResult,
  type Queue,
  type QueueDepth,
  QueueUnavailableError,
  type TraceParent,
} from '../../ports/queue.ts';
import type { Coalescer } from '../aws/coalescer.ts';
import { createBatcher, isLostReceipt } from './batcher.ts';
import { createSqsClients, type SqsClients } from './sqs-clients.ts';

/** What is acknowledged has been done, and its slot is free: a moment later brings more of them into one call. */
const ACK_PATIENCE = { patient: true, patienceMs: 100 };
/** Long enough to say what is wrong with a body. */
const MAX_REASON_CHARACTERS = 1000;

async function ask<T>(doing: string, call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw new QueueUnavailableError(doing, error);
  }
}

type MessageAttributes = Record<string, MessageAttributeValue>;

function toAttributes({ traceparent, tracestate }: TraceParent): MessageAttributes {
  const text = (value: string) => ({ DataType: 'String', StringValue: value });
  return { traceparent: text(traceparent), ...(tracestate ? { tracestate: text(tracestate) } : {}) };
}

function toTraceParent(attributes: MessageAttributes | undefined): TraceParent | undefined {
  const traceparent = attributes?.traceparent?.StringValue;
  const tracestate = attributes?.tracestate?.StringValue;
  return traceparent ? { traceparent, ...(tracestate ? { tracestate } : {}) } : undefined;
}

function toDelivery({ Body, ReceiptHandle, MessageId, Attributes, MessageAttributes }: Message): Delivery {
  return {
    body: Body ?? '',
    receipt: ReceiptHandle ?? '',
    messageId: MessageId ?? '',
    receiveCount: Number(Attributes?.ApproximateReceiveCount ?? 1),
    trace: toTraceParent(MessageAttributes),
  };
}

/** Only text that SQS takes as an attribute's value, and not too much of it. */
function asReason(reason: string): string {
  return reason.replace(/[^\t\n\r -\uD7FF]/g, '?').slice(0, MAX_REASON_CHARACTERS) || 'unknown';
}

class SqsQueue implements Queue {
  readonly #clients: SqsClients;
  readonly #queueUrl: string;
  readonly #deadLetterQueueUrl: string;
  #closing = false;
  readonly #sends: Coalescer<{ MessageBody: string; MessageAttributes?: MessageAttributes }, undefined>;
  readonly #acks: Coalescer<{ ReceiptHandle: string }, undefined>;
  readonly #extensions: Coalescer<{ ReceiptHandle: string; VisibilityTimeout: number }, undefined>;

  constructor(aws: AwsConfig) {
    const { queueUrl: QueueUrl } = aws;
    const clients = createSqsClients(aws);
    this.#clients = clients;
    this.#queueUrl = QueueUrl;
    this.#deadLetterQueueUrl = aws.deadLetterQueueUrl;
    this.#sends = createBatcher((Entries) =>
      clients.sends.send(new SendMessageBatchCommand({ QueueUrl, Entries })),
    );
    this.#acks = createBatcher(
      (Entries) => clients.receipts.send(new DeleteMessageBatchCommand({ QueueUrl, Entries })),
      ACK_PATIENCE,
    );
    this.#extensions = createBatcher((Entries) =>
      clients.receipts.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries })),
    );
  }

  async send(body: string, trace?: TraceParent): Promise<void> {
    const message = { MessageBody: body, ...(trace ? { MessageAttributes: toAttributes(trace) } : {}) };
    await ask('sending a message', this.#sends.add(message));
  }

  /** A poll that is broken off may swallow a message for a whole visibility: only `close` does that. */
  async receive(max: number, waitSeconds: number, visibilitySeconds: number): Promise<Delivery[]> {
    const command = new ReceiveMessageCommand({
      QueueUrl: this.#queueUrl,
      MaxNumberOfMessages: max,
      WaitTimeSeconds: waitSeconds,
      VisibilityTimeout: visibilitySeconds,
      MessageSystemAttributeNames: ['ApproximateReceiveCount'],
      MessageAttributeNames: ['traceparent', 'tracestate'],
    });
    try {
      const { Messages } = await this.#clients.polls.send(command);
      return (Messages ?? []).map(toDelivery);
    } catch (error) {
      if (this.#closing) return [];
      throw new QueueUnavailableError('receiving', error);
    }
  }

  async ack(receipt: string): Promise<void> {
    const deleted = this.#acks.add({ ReceiptHandle: receipt }).catch((error: unknown) => {
      // Nothing can be deleted with it, now or later: the message comes again.
      if (!isLostReceipt(error)) throw error;
    });
    await ask('deleting a message', deleted);
  }

  async extend(receipt: string, visibilitySeconds: number): Promise<ExtendResult> {
    try {
      await this.#extensions.add({ ReceiptHandle: receipt, VisibilityTimeout: visibilitySeconds });
      return 'extended';
    } catch (error) {
      return isLostReceipt(error) ? 'lost' : 'failed';
    }
  }

  async sendDeadLetter(body: string, reason: string): Promise<void> {
    const command = new SendMessageCommand({
      QueueUrl: this.#deadLetterQueueUrl,
      MessageBody: body,
      MessageAttributes: { reason: { DataType: 'String', StringValue: asReason(reason) } },
    });
    await ask('sending a dead letter', this.#clients.sends.send(command));
  }

  async depth(): Promise<QueueDepth> {
    const command = new GetQueueAttributesCommand({
      QueueUrl: this.#queueUrl,
      AttributeNames: [
        'ApproximateNumberOfMessages',
        'ApproximateNumberOfMessagesNotVisible',
        'ApproximateNumberOfMessagesDelayed',
      ],
    });
    const { Attributes } = await ask('reading its depth', this.#clients.sends.send(command));
    return {
      visible: Number(Attributes?.ApproximateNumberOfMessages ?? 0),
      inFlight: Number(Attributes?.ApproximateNumberOfMessagesNotVisible ?? 0),
      delayed: Number(Attributes?.ApproximateNumberOfMessagesDelayed ?? 0),
    };
  }

  /** Sends, acks and extensions that were asked for are done first: nothing stays in a buffer. */
  async close(): Promise<void> {
    this.#closing = true;
    this.#clients.polls.destroy();
    await Promise.all([this.#sends.idle(), this.#acks.idle(), this.#extensions.idle()]);
    for (const client of Object.values(this.#clients)) client.destroy();
  }
}

/** The queue on SQS: sends, acks and extensions go in batches, each settled by its own entry of the response. */
export function createSqsQueue({ aws }: { aws: AwsConfig }): Queue {
  return new SqsQueue(aws);
}
