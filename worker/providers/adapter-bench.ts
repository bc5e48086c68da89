import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { EventQueue } from '../../local/fake-providers/event-queue.ts';
import { type FakeProviders, startFakeProviders } from '../../local/fake-providers/server.ts';
import { systemClock } from '../../shared/adapters/system/system-clock.ts';
import { createProviders, type ProviderSettings } from './create-providers.ts';
import type { Prompt, Provider } from './provider.ts';
import { openProviderPool } from './provider-pool.ts';

/** https://github.com/nodejs/undici/blob/main/docs/docs/api/DiagnosticsChannel.md */
const HEADERS_ARRIVED = 'undici:request:headers';

export const KEY = 'sk-test-0123456789abcdef';

export const PROMPT: Prompt = {
  system: 'You are a tutor.',
  user: 'What is a VPC endpoint?',
  maxOutputTokens: 500,
};

/** The real adapters and SDKs, over the real pools, against the fake server. */
export interface AdapterBench {
  server: FakeProviders;
  provider(name: 'openai' | 'gemini' | 'hf' | 'keyless', settings?: { baseUrl?: string }): Provider;
  /** Resolves when the headers of a reply arrive, or have arrived since the last one that was awaited. */
  headersArrived(): Promise<void>;
  /** Forgets scripts, counts and events. */
  reset(): void;
  close(): Promise<void>;
}

export async function openAdapterBench(): Promise<AdapterBench> {
  const server = await startFakeProviders();
  const pool = openProviderPool({ connections: 8 });
  let arrivals = new EventQueue<true>();
  const arrived = () => arrivals.push(true);
  subscribe(HEADERS_ARRIVED, arrived);
  const original = globalThis.fetch;
  // As the worker's main does for the SDK that knows no other way.
  globalThis.fetch = pool.fetch;

  const settingsOf = (name: string, baseUrl: string): ProviderSettings =>
    name === 'gemini'
      ? { kind: 'gemini', id: name, model: 'gemini-2.5-flash', baseUrl, apiKey: KEY }
      : {
          kind: 'openai',
          id: name,
          model: 'test-model',
          baseUrl,
          ...(name !== 'keyless' && { apiKey: KEY }),
        };
  return {
    server,
    provider: (name, { baseUrl = server.baseUrl(name) } = {}) => {
      const [provider] = createProviders([settingsOf(name, baseUrl)], {
        clock: systemClock,
        fetch: pool.fetch,
      });
      if (!provider) throw new Error(`no provider was made for ${name}`);
      return provider;
    },
    headersArrived: async () => void (await arrivals.next()),
    reset: () => {
      server.reset();
      arrivals = new EventQueue<true>();
    },
    close: async () => {
      globalThis.fetch = original;
      unsubscribe(HEADERS_ARRIVED, arrived);
      await pool.close();
      await server.close();
    },
  };
}

/** For calls that no one stops. */
export function neverAborted(): AbortSignal {
  return new AbortController().signal;
}
