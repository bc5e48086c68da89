import { Agent, fetch as undiciFetch } from 'undici';
import { boundBody } from './bounded-body.ts';

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
    // As sent; what it decompresses to is counted apart.
    maxResponseSize: MAX_RESPONSE_BYTES,
    // One connection a call, so that `connections` bounds what is in flight.
    allowH2: false,
  });
  // The same function by the same standard; only undici's own declarations differ from Node's.
  const send = undiciFetch as unknown as typeof globalThis.fetch;
  return {
    fetch: async (input, init) =>
      boundBody(await send(input, { ...init, dispatcher } as RequestInit), MAX_RESPONSE_BYTES),
    close: () => dispatcher.destroy(),
  };
}
