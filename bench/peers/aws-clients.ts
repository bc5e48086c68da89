import { Agent } from 'node:http';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { NodeHttpHandler } from '@smithy/node-http-handler';

const { AWS_ENDPOINT_URL_SQS, AWS_ENDPOINT_URL_DYNAMODB } = process.env;

/** Enough sockets that parked polls never hold up a delete: the SDK's default of 50 would. */
const MAX_SOCKETS = 1000;

function options(endpoint: string | undefined) {
  return {
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    requestHandler: new NodeHttpHandler({
      httpAgent: new Agent({ keepAlive: true, maxSockets: MAX_SOCKETS }),
    }),
    ...(endpoint === undefined ? {} : { endpoint }),
  };
}

export const sqs = new SQSClient(options(AWS_ENDPOINT_URL_SQS));
export const dynamodb = new DynamoDBClient(options(AWS_ENDPOINT_URL_DYNAMODB));
export const queueUrl = process.env.QUEUE_URL as string;
export const tableName = process.env.TABLE_NAME as string;
