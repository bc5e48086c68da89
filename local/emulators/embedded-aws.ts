import type { AwsConfig } from '../../shared/config/common.ts';
import { provision } from '../provision/provision.ts';
import { startDynamodb } from './start-dynamodb.ts';
import { startSqs } from './start-sqs.ts';

export interface EmbeddedAws {
  /** With endpoints and made-up credentials, so that no client can reach an account by mistake. */
  aws: AwsConfig;
  close(): Promise<void>;
}

export interface EmbeddedAwsOptions {
  /** Where the table is kept; in memory without it. */
  dataDir?: string;
  sqsPort?: number;
  dynamodbPort?: number;
}

/** SQS and DynamoDB in this process, over loopback HTTP, with the queues and the table in place. */
export async function startEmbeddedAws(options: EmbeddedAwsOptions = {}): Promise<EmbeddedAws> {
  const [sqs, dynamodb] = await Promise.all([
    startSqs(options.sqsPort),
    startDynamodb({ dataDir: options.dataDir, port: options.dynamodbPort ?? 0 }),
  ]);
  const close = async () => {
    await Promise.all([sqs.close(), dynamodb.close()]);
  };
  try {
    const endpoints = { sqsEndpoint: sqs.endpoint, dynamodbEndpoint: dynamodb.endpoint };
    return { aws: await provision(endpoints), close };
  } catch (error) {
    await close();
    throw error;
  }
}
