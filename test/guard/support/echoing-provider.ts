import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a request gave away: its key, in every place and shape in which providers repeat such things. */
function confession({ headers, url }: IncomingMessage): string {
  const key = String(headers.authorization ?? headers['x-goog-api-key'] ?? '');
  const bare = key.replace(/^Bearer /, '');
  return `Bad request. You sent Authorization: ${key} (key ${bare}, or "${bare.slice(0, 12)}…") to ${url}`;
}

/** How a provider says no; each says what it was sent. */
const REFUSALS: ((words: string) => { status: number; body: string; headers?: Record<string, string> })[] = [
  (message) => ({ status: 400, body: JSON.stringify({ error: { message, code: 'bad', type: message } }) }),
  (message) => ({ status: 401, body: JSON.stringify({ error: { message, code: 'invalid_api_key' } }) }),
  (message) => ({ status: 429, body: JSON.stringify({ error: message }), headers: { 'retry-after': '0' } }),
  (message) => ({ status: 500, body: message }),
  (message) => ({ status: 503, body: `<html><body>${message}</body></html>` }),
  (message) => ({ status: 200, body: JSON.stringify({ error: { message, code: message } }) }),
  (message) => ({ status: 200, body: message }),
  (message) => ({ status: 404, body: JSON.stringify([{ error: { code: 404, message, status: message } }]) }),
  (message) => ({
    status: 200,
    body: JSON.stringify({
      choices: [{ message: { content: null }, finish_reason: message }],
      candidates: [{ finishReason: message }],
    }),
  }),
  (message) => ({ status: 200, body: JSON.stringify({ promptFeedback: { blockReason: message } }) }),
  (message) => ({ status: 200, body: '{}', headers: { 'x-request-id': message.replace(/[^ -~]/g, '') } }),
];

/** How many ways it has: so many calls, one after the other, meet each of them. */
export const REFUSAL_KINDS = REFUSALS.length;

export interface EchoingProvider {
  baseUrl: string;
  calls(): number;
  close(): Promise<void>;
}

/** A provider that accepts nothing, and repeats the caller's key in each refusal, each in another way. */
export async function startEchoingProvider(): Promise<EchoingProvider> {
  let calls = 0;
  const server = createServer((request, response) => {
    const refuse = REFUSALS[calls % REFUSALS.length];
    calls += 1;
    request.resume();
    const { status, body, headers } = refuse?.(confession(request)) ?? { status: 500, body: '' };
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls: () => calls,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
