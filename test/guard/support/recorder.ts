import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';

export interface Recorder {
  url: string;
  /** Headers and bodies of all requests, as text. */
  readonly heard: string[];
  /** Resolves at the next request. */
  next(): Promise<void>;
  close(): Promise<void>;
}

/** Takes every request and keeps it: a collector of traces, a receiver of webhooks. */
export async function startRecorder(): Promise<Recorder> {
  const heard: string[] = [];
  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    const plain = request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
    heard.push(`${request.url}\n${JSON.stringify(request.headers)}\n${plain.toString('latin1')}`);
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    server.emit('heard');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard,
    next: async () => {
      await once(server, 'heard');
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
