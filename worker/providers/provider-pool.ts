import { ConnectionPools } from '../../shared/adapters/http/connection-pools.ts';
import { createPoolFetch } from './pool-fetch.ts';

export interface ProviderPool {
  /**
   * Fetch over the pools. Also the one to install as `globalThis.fetch`: @google/generative-ai knows no other way.
   */
  fetch: typeof globalThis.fetch;
  /** Ends every connection, those in use too: stop the calls first. */
  close(): Promise<void>;
}

export interface ProviderPoolOptions {
  /** Connections to each origin at most. */
  connections: number;
}

const CONNECT_TIMEOUT_MS = 10_000;
const MAX_RESPONSE_BYTES = 4 * 1024 * 1024;

/** One bounded connection pool for each origin. */
export function openProviderPool({ connections }: ProviderPoolOptions): ProviderPool {
  const pools = new ConnectionPools({
    connections,
    connectTimeoutMs: CONNECT_TIMEOUT_MS,
    maxResponseBytes: MAX_RESPONSE_BYTES,
  });
  return {
    fetch: createPoolFetch(pools, MAX_RESPONSE_BYTES),
    close: () => pools.destroy(),
  };
}
