import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  QueueDoesNotExist,
  SetQueueAttributesCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';

/** Receive counts decide nothing about a job; this only ends what no worker could ever read. */
const MAX_RECEIVES = 100;
/** For a receiver that says nothing; the workers say theirs with each receive. */
const VISIBILITY_SECONDS = 45;
const RETENTION_SECONDS = 14 * 24 * 3600;

async function findOrCreate(sqs: SQSClient, name: string): Promise<string> {
  try {
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: name }));
    return QueueUrl as string;
  } catch (error) {
    if (!(error instanceof QueueDoesNotExist)) throw error;
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: name }));
    return QueueUrl as string;
  }
}

async function arnOf(sqs: SQSClient, queueUrl: string): Promise<string> {
  const request = { QueueUrl: queueUrl, AttributeNames: ['QueueArn' as const] };
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand(request));
  return Attributes?.QueueArn as string;
}

/** The queue of jobs and the queue of dead letters behind it; set to our attributes where they exist. */
export async function provisionQueues(
  sqs: SQSClient,
  names: { queueName: string; deadLetterQueueName: string },
): Promise<{ queueUrl: string; deadLetterQueueUrl: string }> {
  const deadLetterQueueUrl = await findOrCreate(sqs, names.deadLetterQueueName);
  const queueUrl = await findOrCreate(sqs, names.queueName);
  const redrive = {
    deadLetterTargetArn: await arnOf(sqs, deadLetterQueueUrl),
    maxReceiveCount: MAX_RECEIVES,
  };
  const retention = { MessageRetentionPeriod: String(RETENTION_SECONDS) };
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl: deadLetterQueueUrl, Attributes: retention }));
  const attributes = {
    ...retention,
    VisibilityTimeout: String(VISIBILITY_SECONDS),
    RedrivePolicy: JSON.stringify(redrive),
  };
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl: queueUrl, Attributes: attributes }));
  return { queueUrl, deadLetterQueueUrl };
}
