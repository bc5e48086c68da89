import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createSilentServer, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { RequestHandler, type SdkRequest } from './request-handler.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => unknown;

let server: Server | undefined;
let handler: RequestHandler | undefined;

afterEach(async () => {
  handler?.destroy();
  server?.closeAllConnections();
  if (server?.listening) await once(server.close(), 'close');
  server = undefined;
});

/** A handler, and a request to a server that answers as `answer` does; with the sockets that were opened to it. */
async function stand(answer: Answer, options: { maxSockets?: number; requestTimeoutMs?: number } = {}) {
  const sockets = new Set<Socket>();
  server = createServer(answer).on('connection', (socket) => sockets.add(socket));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  handler = new RequestHandler({
    maxSockets: 4,
    connectionTimeoutMs: 2000,
    requestTimeoutMs: 5000,
    ...options,
  });
  const request: SdkRequest = {
    protocol: 'http:',
    hostname: '127.0.0.1',
    port: (server.address() as AddressInfo).port,
    method: 'POST',
    path: '/',
    headers: { 'x-amz-target': 'Some.Call' },
    body: Buffer.from('{"é":1}'),
  };
  return { handler, request, sockets };
}

/** Resolves once every socket is closed, in whichever way. */
async function closed(sockets: Iterable<Socket>): Promise<void> {
  const open = [...sockets].filter((socket) => !socket.closed);
  await Promise.all(open.map((socket) => new Promise((resolve) => socket.once('close', resolve))));
}

describe('the request handler of the SDK clients', () => {
  it('sends a request as it is, and gives its response whole', async () => {
    const { handler, request } = await stand(async (asked, response) => {
      response.writeHead(400, { 'X-Amzn-RequestId': 'abc', 'set-cookie': ['a', 'b'] });
      response.write(`${asked.method} ${asked.url} ${asked.headers['x-amz-target']} `);
      response.end(await text(asked));
    });
    const { response } = await handler.handle(request);
    expect(response.statusCode).toBe(400);
    expect(response.headers).toMatchObject({ 'x-amzn-requestid': 'abc', 'set-cookie': 'a,b' });
    expect(Buffer.from(response.body).toString()).toBe('POST / Some.Call {"é":1}');
  });

  it('gives an empty body where there is none', async () => {
    const { handler, request } = await stand((_, response) => response.writeHead(200).end());
    expect((await handler.handle(request)).response.body).toHaveLength(0);
  });

  it('sends many requests over few connections, which it keeps', async () => {
    const { handler, request, sockets } = await stand((_, response) => response.end('{}'), { maxSockets: 3 });
    const responses = await Promise.all(Array.from({ length: 200 }, () => handler.handle(request)));
    expect(responses.every(({ response }) => response.statusCode === 200)).toBe(true);
    await handler.handle(request);
    expect(sockets.size).toBe(3);
  });
});

describe('what goes wrong, in the words that the SDK tries again by', () => {
  const timeout = { name: 'TimeoutError', code: 'ETIMEDOUT' };
  const broken = { name: 'TimeoutError', code: 'ECONNRESET' };

  it('gives up a server that does not answer, and its connection', async () => {
    const { handler, request, sockets } = await stand(() => {}, { requestTimeoutMs: 50 });
    await expect(handler.handle(request)).rejects.toMatchObject(timeout);
    await closed(sockets);
  });

  it('gives up a body that does not end', async () => {
    const { handler, request } = await stand((_, response) => response.write('{'), { requestTimeoutMs: 50 });
    await expect(handler.handle(request)).rejects.toMatchObject(timeout);
  });

  it('gives up a request that waits for a connection, and never sends it', async () => {
    let came = 0;
    const { handler, request } = await stand(
      (_, response) => {
        came += 1;
        if (came > 1) response.end();
      },
      { maxSockets: 1, requestTimeoutMs: 500 },
    );
    const both = await Promise.allSettled([handler.handle(request), handler.handle(request)]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    // On the connection that is free again, after what had been given up.
    await handler.handle(request);
    expect(came).toBe(2);
  });

  it('tells a connection that was reset', async () => {
    const { handler, request } = await stand(({ socket }) => socket.resetAndDestroy());
    await expect(handler.handle(request)).rejects.toMatchObject(broken);
  });

  it('tells a connection that was closed without an answer', async () => {
    const { handler, request } = await stand(({ socket }) => socket.destroy());
    await expect(handler.handle(request)).rejects.toMatchObject(broken);
  });

  it.each([{ 'content-length': 100 }, {}])('tells a body that was cut short (%j)', async (headers) => {
    const { handler, request } = await stand((asked, response) => {
      response.writeHead(200, headers);
      response.write('{"a"', () => asked.socket.end());
    });
    await expect(handler.handle(request)).rejects.toMatchObject(broken);
  });

  it('tells a port where nobody listens', async () => {
    const { handler, request } = await stand(() => {});
    const gone = server as Server;
    await once(gone.close(), 'close');
    await expect(handler.handle(request)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('gives up a connection that is not made', async () => {
    const silent = createSilentServer((socket) => socket.resume());
    await once(silent.listen(0, '127.0.0.1'), 'listening');
    const { port } = silent.address() as AddressInfo;
    handler = new RequestHandler({ maxSockets: 1, connectionTimeoutMs: 50, requestTimeoutMs: 5000 });
    const request = {
      protocol: 'https:',
      hostname: '127.0.0.1',
      port,
      method: 'POST',
      path: '/',
      headers: {},
    };
    await expect(handler.handle(request)).rejects.toMatchObject(timeout);
    await once(silent.close(), 'close');
  });

  it('connects again after a server was gone', async () => {
    const { handler, request } = await stand((_, response) => response.end());
    await handler.handle(request);
    const gone = server as Server;
    gone.closeAllConnections();
    await once(gone.close(), 'close');
    await expect(handler.handle(request)).rejects.toThrow();
    await once(gone.listen(request.port, '127.0.0.1'), 'listening');
    expect((await handler.handle(request)).response.statusCode).toBe(200);
  });
});

describe('a request that is stopped', () => {
  const aborted = { name: 'AbortError' };

  it('is not sent where its signal has said so', async () => {
    const { handler, request, sockets } = await stand((_, response) => response.end());
    const abortSignal = AbortSignal.abort();
    await expect(handler.handle(request, { abortSignal })).rejects.toMatchObject(aborted);
    await handler.handle(request);
    expect(sockets.size).toBe(1);
  });

  it.each(['headers', 'body'])('ends at once while its %s are awaited', async (part) => {
    const stop = new AbortController();
    const reason = new Error('closing');
    const { handler, request, sockets } = await stand((_, response) => {
      if (part === 'body') response.write('{', () => stop.abort(reason));
      else stop.abort(reason);
    });
    const asked = handler.handle(request, { abortSignal: stop.signal });
    await expect(asked).rejects.toMatchObject({ ...aborted, cause: reason });
    await closed(sockets);
  });

  it('is heard no more once it has been answered', async () => {
    const { handler, request } = await stand((_, response) => response.end('{}'));
    const stop = new AbortController();
    const { response } = await handler.handle(request, { abortSignal: stop.signal });
    stop.abort();
    expect(response.statusCode).toBe(200);
    expect((await handler.handle(request)).response.statusCode).toBe(200);
  });

  it('ends with the handler, as do those that wait for a connection', async () => {
    const { handler, request } = await stand(() => handler.destroy(), { maxSockets: 1 });
    const all = await Promise.allSettled(Array.from({ length: 3 }, () => handler.handle(request)));
    const gone = { status: 'rejected', reason: { code: 'UND_ERR_DESTROYED' } };
    expect(all).toMatchObject([gone, gone, gone]);
    await expect(handler.handle(request)).rejects.toMatchObject(gone.reason);
  });
});
