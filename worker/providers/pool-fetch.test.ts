import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../shared/adapters/system/system-clock.ts';
import { createProviders } from './create-providers.ts';
import { openProviderPool } from './provider-pool.ts';

const MIB = 1024 * 1024;
const PROMPT = { system: 'You are a tutor.', user: 'What is S3?', maxOutputTokens: 500 };

const BIG = Buffer.alloc(64 * MIB, 'a');
const gzipped = gzipSync(BIG);
const FASTEST = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } };

const pool = openProviderPool({ connections: 2 });
let encoding = '';
let body: Buffer = Buffer.alloc(0);
const server = createServer((request, response) => {
  request.resume();
  response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': encoding }).end(body);
});
let baseUrl = '';
const original = globalThis.fetch;

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  globalThis.fetch = pool.fetch;
});
afterAll(async () => {
  globalThis.fetch = original;
  await pool.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

function complete(kind: 'openai' | 'gemini') {
  const settings = { id: kind, model: 'm', baseUrl, apiKey: 'key-0123456789' };
  const [provider] = createProviders([{ kind, ...settings }], { clock: systemClock, fetch: pool.fetch });
  if (!provider) throw new Error(`no provider was made for ${kind}`);
  return provider.complete(PROMPT, new AbortController().signal);
}

describe.each(['openai', 'gemini'] as const)('a reply to %s', (kind) => {
  it.each([
    ['gzip', gzipped],
    ['gzip, gzip', gzipSync(gzipped)],
    ['br', brotliCompressSync(BIG, FASTEST)],
  ])('that is small as sent and has 64 MiB after %s is given up', async (sentAs, compressed) => {
    encoding = sentAs;
    body = compressed;
    expect(body.length).toBeLessThan(MIB);
    const before = process.memoryUsage().arrayBuffers;
    expect(await complete(kind)).toMatchObject({
      outcome: 'bad_response',
      message: expect.stringContaining('too large'),
    });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(32 * MIB);
  });

  it('that is compressed and of a reply’s size is read', async () => {
    const reply =
      kind === 'openai'
        ? { choices: [{ message: { content: 'An object store.' }, finish_reason: 'stop' }] }
        : { candidates: [{ content: { parts: [{ text: 'An object store.' }] }, finishReason: 'STOP' }] };
    encoding = 'gzip';
    body = gzipSync(JSON.stringify(reply));
    expect(await complete(kind)).toMatchObject({ outcome: 'ok', text: 'An object store.' });
  });
});
