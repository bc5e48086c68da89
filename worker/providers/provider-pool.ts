import { Agent } from 'undici';
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
  const dispatcher = new Agent({
    connections,
    connect: { timeout: CONNECT_TIMEOUT_MS },
    // A thinking model may be silent for minutes: the call's signal knows the deadline, these would not.
    headersTimeout: 0,
    bodyTimeout: 0,
    maxResponseSize: MAX_RESPONSE_BYTES,
    // One connection a call, so that `connections` bounds what is in flight.
    allowH2: false,
  });
  return {
    fetch: createPoolFetch(dispatcher, MAX_RESPONSE_BYTES),
    close: () => dispatcher.destroy(),
  };
}
