import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../shared/adapters/system/system-clock.ts';
import {
  createProviders,
  DEFAULT_BASE_URLS,
  type ProviderSettings,
  priceOverridesOf,
} from './create-providers.ts';
import { openProviderPool } from './provider-pool.ts';

const price = { input_usd: 1, output_usd: 2, as_of: '2026-11-01' };
const SETTINGS: ProviderSettings[] = [
  {
    kind: 'openai',
    id: 'openai',
    model: 'gpt-5-mini',
    baseUrl: `${DEFAULT_BASE_URLS.openai}/`,
    apiKey: 'k',
    price,
  },
  { kind: 'gemini', id: 'gemini', model: 'gemini-2.5-flash', baseUrl: DEFAULT_BASE_URLS.gemini, apiKey: 'k' },
  { kind: 'openai', id: 'local', model: 'llama3', baseUrl: 'http://127.0.0.1:11434/v1' },
  { kind: 'simulated', id: 'simulated-a', model: 'built-in' },
];

it('the panel stands in the order of its settings, each member with its upstream', () => {
  const providers = createProviders(SETTINGS, { clock: systemClock, fetch: globalThis.fetch });
  expect(providers.map(({ id, upstream, simulated }) => ({ id, upstream, simulated }))).toEqual([
    { id: 'openai', upstream: 'https://api.openai.com/v1 gpt-5-mini', simulated: false },
    {
      id: 'gemini',
      upstream: 'https://generativelanguage.googleapis.com gemini-2.5-flash',
      simulated: false,
    },
    { id: 'local', upstream: 'http://127.0.0.1:11434/v1 llama3', simulated: false },
    { id: 'simulated-a', upstream: 'simulated simulated-a built-in', simulated: true },
  ]);
});

it('configured prices are kept by provider and model', () => {
  expect(priceOverridesOf(SETTINGS)).toEqual({ 'openai/gpt-5-mini': price });
});

describe('the connection pool', () => {
  it('keeps to its connections and uses them again', async () => {
    let sockets = 0;
    const held: ServerResponse[] = [];
    const server = createServer((_request, response) => {
      held.push(response);
      // Both connections are in use before either is answered.
      if (held.length === 2) for (const other of held.splice(0)) other.end('ok');
    }).on('connection', () => sockets++);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const pool = openProviderPool({ connections: 2 });
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const bodies = await Promise.all(Array.from({ length: 12 }, async () => (await pool.fetch(url)).text()));
    expect(bodies).toEqual(Array.from({ length: 12 }, () => 'ok'));
    expect(sockets).toBe(2);
    await pool.close();
    await expect(pool.fetch(url)).rejects.toThrow();
    server.close();
    await once(server, 'close');
  });
});
