import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { AwsConfig } from '../../config/common.ts';

const CONNECTION_TIMEOUT_MS = 2000;
const MAX_ATTEMPTS = 3;

export interface Pool {
  maxSockets: number;
  /** For one try of one request. */
  requestTimeoutMs: number;
}

/**
 * Options of an SDK client with a connection pool of its own, so that long polls never starve heartbeats,
 * and with bounded retries.
 */
export function clientOptions(aws: AwsConfig, endpoint: string | undefined, pool: Pool) {
  const agent = { keepAlive: true, maxSockets: pool.maxSockets };
  return {
    region: aws.region,
    ...(endpoint === undefined ? {} : { endpoint }),
    // A copy: the SDK writes into what it is given.
    ...(aws.credentials ? { credentials: { ...aws.credentials } } : {}),
    retryMode: 'standard',
    maxAttempts: MAX_ATTEMPTS,
    requestHandler: new NodeHttpHandler({
      httpAgent: new HttpAgent(agent),
      httpsAgent: new HttpsAgent(agent),
      connectionTimeout: CONNECTION_TIMEOUT_MS,
      requestTimeout: pool.requestTimeoutMs,
      // Without it the handler only warns, and waits for ever.
      throwOnRequestTimeout: true,
    }),
  };
}

/**
 * Takes out what copies every input and output for a log that nobody keeps: without a logger the SDK makes the
 * copies all the same, at about a quarter of what a batch costs.
 */
export function withoutSdkLog<Client extends { middlewareStack: { remove(name: string): boolean } }>(
  client: Client,
): Client {
  client.middlewareStack.remove('loggerMiddleware');
  return client;
}
