import { DeleteTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { EmbeddedAws } from '../../local/emulators/embedded-aws.ts';
import type { Emulator } from '../../local/emulators/emulator.ts';
import { startDynamodb } from '../../local/emulators/start-dynamodb.ts';
import { startSqs } from '../../local/emulators/start-sqs.ts';
import { provision } from '../../local/provision/provision.ts';
import { clientOptions } from '../../shared/adapters/aws/client-options.ts';
import { systemRandom } from '../../shared/adapters/system/system-clock.ts';
import type { AwsConfig } from '../../shared/config/common.ts';
import { type Env, EnvReader } from '../../shared/config/env-reader.ts';

const POOL = { maxSockets: 2, requestTimeoutMs: 10_000 };

/** A server that the environment names is somebody else's to close. */
function named(endpoint: string | undefined): Emulator | undefined {
  return endpoint === undefined ? undefined : { endpoint, close: async () => {} };
}

/** Other people's servers last longer than a test: it leaves nothing there. */
async function remove(aws: AwsConfig): Promise<void> {
  const sqs = new SQSClient(clientOptions(aws, aws.sqsEndpoint, POOL));
  const dynamodb = new DynamoDBClient(clientOptions(aws, aws.dynamodbEndpoint, POOL));
  try {
    await dynamodb.send(new DeleteTableCommand({ TableName: aws.tableName }));
    for (const QueueUrl of [aws.queueUrl, aws.deadLetterQueueUrl]) {
      await sqs.send(new DeleteQueueCommand({ QueueUrl }));
    }
  } finally {
    sqs.destroy();
    dynamodb.destroy();
  }
}

/**
 * Queues and a table of their own, at the endpoints in AWS_ENDPOINT_URL_SQS and AWS_ENDPOINT_URL_DYNAMODB; where
 * one of them is not named, on the embedded server.
 */
export async function startAws(env: Env): Promise<EmbeddedAws> {
  const reader = new EnvReader(env);
  const endpoints = [reader.url('AWS_ENDPOINT_URL_SQS'), reader.url('AWS_ENDPOINT_URL_DYNAMODB')] as const;
  reader.finish();
  const [sqs, dynamodb] = await Promise.all([
    named(endpoints[0]) ?? startSqs(),
    named(endpoints[1]) ?? startDynamodb({}),
  ]);
  const name = `test-${systemRandom.id()}`;
  const request = { sqsEndpoint: sqs.endpoint, dynamodbEndpoint: dynamodb.endpoint };
  const closeServers = () => Promise.all([sqs.close(), dynamodb.close()]);
  try {
    const aws = await provision({ ...request, queueName: name, tableName: name });
    const close = async () => {
      await remove(aws);
      await closeServers();
    };
    return { aws, close };
  } catch (error) {
    await closeServers();
    throw error;
  }
}
