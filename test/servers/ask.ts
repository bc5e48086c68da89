import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';

/** No server here checks them, but the SDK signs with some. */
export const CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' };

const options = (endpoint: string) => ({
  endpoint,
  region: 'us-east-1',
  credentials: { ...CREDENTIALS },
  maxAttempts: 1,
});

/** Rejects where no DynamoDB answers at the endpoint. */
export async function listTables(endpoint: string): Promise<void> {
  const client = new DynamoDBClient(options(endpoint));
  try {
    await client.send(new ListTablesCommand({}));
  } finally {
    client.destroy();
  }
}

/** Rejects where no SQS answers at the endpoint. */
export async function listQueues(endpoint: string): Promise<void> {
  const client = new SQSClient(options(endpoint));
  try {
    await client.send(new ListQueuesCommand({}));
  } finally {
    client.destroy();
  }
}
