import { afterEach, beforeEach, expect, it } from 'vitest';
import { type EmbeddedAws, startEmbeddedAws } from '../../../local/emulators/embedded-aws.ts';
import { type Queue, QueueUnavailableError } from '../../ports/queue.ts';
import { type AwsProxy, startAwsProxy } from '../conformance/aws-proxy.ts';
import { createSqsQueue } from './sqs-queue.ts';

let embedded: EmbeddedAws;
let proxy: AwsProxy;
let queue: Queue;

beforeEach(async () => {
  embedded = await startEmbeddedAws();
  proxy = await startAwsProxy(embedded.aws.sqsEndpoint as string);
  queue = createSqsQueue({ aws: { ...embedded.aws, sqsEndpoint: proxy.endpoint } });
});
afterEach(async () => {
  await queue.close();
  await proxy.close();
  await embedded.close();
});

/** Answers a batch of which the second entry failed. */
function failSecond(operation: string, code: string): void {
  proxy.intercept = (call) => {
    if (call.operation !== operation) return call.forward();
    const [, second] = call.input.Entries as { Id: string }[];
    const Failed = [{ Id: second?.Id, Code: code, Message: 'try later', SenderFault: false }];
    return { status: 200, output: { Successful: [], Failed } };
  };
}

async function receiveAll(count: number): Promise<string[]> {
  const bodies: string[] = [];
  while (bodies.length < count) {
    const received = await queue.receive(10, 1, 30);
    expect(received.length, `messages after ${bodies.length} of ${count}`).toBeGreaterThan(0);
    bodies.push(...received.map(({ body }) => body));
  }
  return bodies.sort();
}

it('sends what comes together, and while calls are under way, in batches of ten', async () => {
  const bodies = Array.from({ length: 30 }, (_, n) => `m${n}`).sort();
  await Promise.all(bodies.map((body) => queue.send(body)));
  expect(proxy.operations).toEqual(['SendMessageBatch', 'SendMessageBatch', 'SendMessageBatch']);
  expect(await receiveAll(30)).toEqual(bodies);
});

it('asks for the trace beside a body: SQS gives only the attributes that are named', async () => {
  let asked: unknown;
  proxy.intercept = (call) => {
    if (call.operation === 'ReceiveMessage') asked = call.input.MessageAttributeNames;
    return call.forward();
  };
  await queue.receive(1, 0, 30);
  expect(asked).toEqual(['traceparent', 'tracestate']);
});

it('fails the send whose entry failed, and no other', async () => {
  failSecond('SendMessageBatch', 'InternalError');
  const sends = await Promise.allSettled(['a', 'b', 'c'].map((body) => queue.send(body)));
  expect(sends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  const { reason } = sends[1] as PromiseRejectedResult;
  expect(String(reason)).toBe(
    'QueueUnavailableError: the queue is unavailable while sending a message: InternalError: try later',
  );
});

it('failure mode 9: fails the acknowledgement whose entry failed, and no other', async () => {
  failSecond('DeleteMessageBatch', 'InternalError');
  const acks = await Promise.allSettled(['a', 'b', 'c'].map((receipt) => queue.ack(receipt)));
  expect(acks.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});

it.each([
  ['AWS.SimpleQueueService.MessageNotInflight', 'lost'],
  ['ReceiptHandleIsInvalid', 'lost'],
  ['InternalError', 'failed'],
  ['InvalidParameterValue', 'failed'],
])('says of an extension that SQS refuses with %s: %s', async (code, result) => {
  failSecond('ChangeMessageVisibilityBatch', code);
  const extended = await Promise.all(['a', 'b', 'c'].map((receipt) => queue.extend(receipt, 9)));
  expect(extended).toEqual(['extended', result, 'extended']);
});

it('says of a message that SQS no longer knows that it is lost', async () => {
  proxy.intercept = () => ({
    status: 200,
    output: {
      Failed: [
        {
          Id: '0',
          Code: 'InvalidParameterValue',
          Message: 'Reason: Message does not exist or is not available for visibility timeout change.',
        },
      ],
    },
  });
  expect(await queue.extend('a', 9)).toBe('lost');
});

it('rejects sends and acknowledgements, and fails extensions, where SQS answers with errors', async () => {
  proxy.intercept = () => ({ status: 500, output: { __type: 'InternalFailure', message: 'down' } });
  await expect(queue.send('a')).rejects.toThrow('the queue is unavailable while sending a message: down');
  await expect(queue.ack('a')).rejects.toThrow(QueueUnavailableError);
  await expect(queue.receive(1, 0, 1)).rejects.toThrow(QueueUnavailableError);
  expect(await queue.extend('a', 9)).toBe('failed');
});

it('delivers a batch of which one body is corrupt', async () => {
  await Promise.all(['a', 'b'].map((body) => queue.send(body)));
  proxy.intercept = async ({ forward }) => {
    const { status, output } = await forward();
    const Messages = (output.Messages as object[]).map((message, index) =>
      index === 0 ? { ...message, Body: 'bitten', MD5OfBody: 'of something else' } : message,
    );
    return { status, output: { Messages } };
  };
  const received = await queue.receive(10, 1, 30);
  expect(received.map(({ body }) => body)).toEqual(['bitten', 'b']);
});

it('failure mode 13: keeps no extension waiting while polls are parked', async () => {
  const parked = Array.from({ length: 16 }, () => queue.receive(1, 20, 30));
  await expect(queue.extend('nothing', 9)).resolves.toBe('lost');
  await queue.close();
  expect(await Promise.all(parked)).toEqual(parked.map(() => []));
});

it('failure mode 9: sends what was asked for before it closes', async () => {
  let sent = 0;
  const sends = Array.from({ length: 45 }, async (_, n) => {
    await queue.send(`m${n}`);
    sent += 1;
  });
  await queue.close();
  expect(sent, 'sends that had settled once it was closed').toBe(45);
  await Promise.all(sends);
});
