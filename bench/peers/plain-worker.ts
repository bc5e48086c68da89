import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { DeleteMessageCommand, type Message, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { endWithParent } from '../processes/serve.ts';
import { tellReady } from '../stage/ipc.ts';
import { dynamodb, queueUrl, sqs, tableName } from './aws-clients.ts';
import { callProvider, providers } from './call-provider.ts';

const BATCH = 10;
const slots = Number(process.env.SLOTS);
const tellsEnds = process.env.TELLS_ENDS === '1';
let free = slots;
let freed = Promise.withResolvers<void>();

async function claim(id: string): Promise<{ question: string; fence: number }> {
  const { Attributes } = await dynamodb.send(
    new UpdateItemCommand({
      TableName: tableName,
      Key: marshall({ pk: `JOB#${id}` }),
      UpdateExpression: 'SET #status = :running ADD fence :one',
      ConditionExpression: '#status = :queued',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: marshall({ ':running': 'running', ':queued': 'queued', ':one': 1 }),
      ReturnValues: 'ALL_NEW',
    }),
  );
  return unmarshall(Attributes ?? {}) as { question: string; fence: number };
}

async function finish(id: string, fence: number, answers: string[]): Promise<void> {
  await dynamodb.send(
    new UpdateItemCommand({
      TableName: tableName,
      Key: marshall({ pk: `JOB#${id}` }),
      UpdateExpression: 'SET #status = :done, results = :answers',
      ConditionExpression: '#status = :running AND fence = :fence',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: marshall({
        ':done': 'succeeded',
        ':answers': answers,
        ':running': 'running',
        ':fence': fence,
      }),
    }),
  );
}

/** A full job on the plain SDK: a fenced claim, the calls at once, a fenced result, the delete. */
async function work({ Body, ReceiptHandle }: Message): Promise<void> {
  const { job_id: id } = JSON.parse(Body as string) as { job_id: string };
  const { question, fence } = await claim(id);
  await finish(id, fence, await Promise.all(providers.map((baseUrl) => callProvider(baseUrl, question))));
  if (tellsEnds) tellEnd(id);
  await sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle }));
}

/** As our worker's log says it, for whoever measures when an end can be read. */
function tellEnd(id: string): void {
  const event = { msg: 'job ended', job_id: id, time: new Date().toISOString(), status: 'succeeded' };
  process.stdout.write(`${JSON.stringify(event)}\n`);
}

async function poll(): Promise<never> {
  while (true) {
    while (free < BATCH) await freed.promise;
    free -= BATCH;
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: BATCH, WaitTimeSeconds: 20 }),
    );
    release(BATCH - Messages.length);
    for (const message of Messages) void work(message).finally(() => release(1));
  }
}

function release(slotsFreed: number): void {
  free += slotsFreed;
  freed.resolve();
  freed = Promise.withResolvers<void>();
}

endWithParent();
tellReady(slots);
await Promise.all([poll(), poll()]);
