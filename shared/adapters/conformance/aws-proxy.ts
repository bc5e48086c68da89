import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface AwsCall {
  /** Such as `UpdateItem` or `SendMessageBatch`. */
  operation: string;
  input: Record<string, unknown>;
  /** Asks the real endpoint, for this or for another operation; what it does stays done, whatever the caller is told. */
  forward(input?: object, operation?: string): Promise<{ status: number; output: Record<string, unknown> }>;
}

/** Answers a call in the endpoint's place; `drop` closes the connection without an answer. */
export type Intercept = (
  call: AwsCall,
) => Promise<{ status: number; output: object } | 'drop'> | { status: number; output: object } | 'drop';

export interface AwsProxy {
  endpoint: string;
  /** The operations that came, in order. */
  operations: string[];
  intercept: Intercept;
  close(): Promise<void>;
}

async function answer(proxy: AwsProxy, target: string, request: IncomingMessage, response: ServerResponse) {
  const headers = request.headers as Record<string, string>;
  const input = JSON.parse(await text(request)) as Record<string, unknown>;
  const [version, operation] = String(headers['x-amz-target']).split('.') as [string, string];
  proxy.operations.push(operation);
  const forward = async (changed: object = input, other = operation) => {
    const { host: _host, 'content-length': _length, connection: _connection, ...passed } = headers;
    const body = JSON.stringify(changed);
    const asked = { ...passed, 'x-amz-target': `${version}.${other}` };
    const answered = await fetch(target, { method: 'POST', headers: asked, body });
    return { status: answered.status, output: (await answered.json()) as Record<string, unknown> };
  };
  const answered = await proxy.intercept({ operation, input, forward });
  if (answered === 'drop') return response.destroy();
  const type = headers['content-type'] ?? '';
  return response.writeHead(answered.status, { 'content-type': type }).end(JSON.stringify(answered.output));
}

/** Stands before an emulator and lets a test lose, change or make up what it answers. */
export async function startAwsProxy(target: string): Promise<AwsProxy> {
  const server = createServer((request, response) => {
    answer(proxy, target, request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const proxy: AwsProxy = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    operations: [],
    intercept: ({ forward }) => forward(),
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
  return proxy;
}
