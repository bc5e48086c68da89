import type { AwsConfig } from '../../config/common.ts';
import { PlainJsonProtocol } from './plain-json.ts';
import { makeQuickToCopy } from './quick-copies.ts';
import { RequestHandler } from './request-handler.ts';
import { Sha256 } from './sha256.ts';
import { composeUserAgentOnce, type SdkClient } from './user-agent.ts';

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
  return {
    region: aws.region,
    ...(endpoint === undefined ? {} : { endpoint }),
    // A copy: the SDK writes into what it is given.
    ...(aws.credentials ? { credentials: { ...aws.credentials } } : {}),
    retryMode: 'standard',
    maxAttempts: MAX_ATTEMPTS,
    requestHandler: new RequestHandler({ ...pool, connectionTimeoutMs: CONNECTION_TIMEOUT_MS }),
    protocol: PlainJsonProtocol,
    sha256: Sha256,
    // The same middleware is put together once for each kind of command, not for each call.
    cacheMiddleware: true,
  };
}

/**
 * Takes out what is of no use here. The log copies every input and output although nobody keeps it, at about a quarter
 * of what a batch costs; another looks in the environment, for each request, for a Lambda that calls itself.
 */
export function trimmed<Client extends SdkClient>(client: Client): Client {
  client.middlewareStack.remove('loggerMiddleware');
  client.middlewareStack.remove('recursionDetectionMiddleware');
  composeUserAgentOnce(client);
  makeQuickToCopy(client.config);
  return client;
}
