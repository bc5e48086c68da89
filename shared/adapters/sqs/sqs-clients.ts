import { SQSClient } from '@aws-sdk/client-sqs';
import type { AwsConfig } from '../../config/common.ts';
import { clientOptions, type Pool, trimmed } from '../aws/client-options.ts';

/** SQS's limit of a long poll, and some time for its response. */
const POLL_TIMEOUT_MS = 25_000;
const REQUEST_TIMEOUT_MS = 5000;

/** A pool each, so that parked polls never keep a heartbeat or a send waiting for a socket. */
export interface SqsClients {
  polls: SQSClient;
  sends: SQSClient;
  receipts: SQSClient;
}

export function createSqsClients(aws: AwsConfig): SqsClients {
  const create = (pool: Pool) =>
    trimmed(
      new SQSClient({
        ...clientOptions(aws, aws.sqsEndpoint, pool),
        // With checks on, one corrupt body rejects the whole receive and strands its mates.
        md5: false,
      }),
    );
  return {
    polls: create({ maxSockets: 16, requestTimeoutMs: POLL_TIMEOUT_MS }),
    sends: create({ maxSockets: 16, requestTimeoutMs: REQUEST_TIMEOUT_MS }),
    receipts: create({ maxSockets: 16, requestTimeoutMs: REQUEST_TIMEOUT_MS }),
  };
}
