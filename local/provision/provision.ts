import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { AwsConfig } from '../../shared/config/common.ts';
import { provisionQueues } from './queues.ts';
import { provisionTable } from './table.ts';

export interface ProvisionRequest {
  sqsEndpoint: string;
  dynamodbEndpoint: string;
  region?: string;
  credentials?: AwsConfig['credentials'];
  queueName?: string;
  deadLetterQueueName?: string;
  tableName?: string;
}

/** Emulators check no credentials, but the SDK signs with some. */
const MADE_UP = { accessKeyId: 'local', secretAccessKey: 'local' };

/**
 * Puts the queues and the table in place at the two endpoints, where they are not yet.
 * Returns what api and worker need to know to use them.
 */
export async function provision(request: ProvisionRequest): Promise<AwsConfig> {
  const { sqsEndpoint, dynamodbEndpoint, region = 'us-east-1', credentials = MADE_UP } = request;
  const { queueName = 'jobs', tableName = 'jobs' } = request;
  const { deadLetterQueueName = `${queueName}-dead-letters` } = request;
  // Copies: the SDK writes into what it is given.
  const sqs = new SQSClient({ region, credentials: { ...credentials }, endpoint: sqsEndpoint });
  const dynamodb = new DynamoDBClient({
    region,
    credentials: { ...credentials },
    endpoint: dynamodbEndpoint,
  });
  try {
    const [queues] = await Promise.all([
      provisionQueues(sqs, { queueName, deadLetterQueueName }),
      provisionTable(dynamodb, tableName),
    ]);
    return { region, credentials, sqsEndpoint, dynamodbEndpoint, tableName, ...queues };
  } finally {
    sqs.destroy();
    dynamodb.destroy();
  }
}
