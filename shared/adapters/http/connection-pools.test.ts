import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import fc from 'fast-check';
import { afterEach, expect, it } from 'vitest';
import { ConnectionPools } from './connection-pools.ts';
import { Exchange, type Reply } from './exchange.ts';

let cleanUp: (() => Promise<void>) | undefined;
afterEach(async () => {
  await cleanUp?.();
  cleanUp = undefined;
});

type Answer = (request: IncomingMessage, response: ServerResponse) => unknown;

/** Pools, and a server that answers as `answer` does. */
async function stand(answer: Answer, connections: number, keepAliveMs?: number) {
  const sockets = new Set<Socket>();
  const server = createServer(answer).on('connection', (socket) => sockets.add(socket));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const pools = new ConnectionPools({
    connections,
    connectTimeoutMs: 2000,
    ...(keepAliveMs !== undefined && { keepAliveMs }),
  });
  cleanUp = async () => {
    await pools.destroy();
    server.closeAllConnections();
    await once(server.close(), 'close');
  };
  const ask = (
    path: string,
    { signal = null, headers = {} }: { signal?: AbortSignal | null; headers?: Record<string, string> } = {},
  ): Promise<Reply> => {
    const exchange = new Exchange(signal);
    pools.dispatch({ origin, path, method: 'GET', headers, body: null }, exchange);
    return exchange.reply;
  };
  return { ask, pools, sockets };
}

/** undici gives a connection back in the turn after its reply. */
async function nextTurn(): Promise<void> {
  await new Promise(setImmediate);
  await new Promise(setImmediate);
}

const textOf = ({ body }: Reply) => body.toString();

it('takes the connection that became free last, and leaves the others to close', async () => {
  const held: ServerResponse[] = [];
  const allCame = Promise.withResolvers<void>();
  const { ask, sockets } = await stand(
    (request, response) => {
      if (request.url === '/') return response.end(`${request.socket.remotePort}`);
      if (held.push(response) === 3) allCame.resolve();
    },
    3,
    200,
  );
  const replies = new Map(['/a', '/b', '/c'].map((path) => [path, ask(path)]));
  await allCame.promise;
  const closed = [...sockets].map((socket) => once(socket, 'close'));
  for (const response of held) {
    response.end();
    await replies.get(`${response.req.url}`);
    await nextTurn();
  }
  const last = `${held.at(-1)?.req.socket.remotePort}`;
  for (let count = 0; count < 20; count += 1) {
    expect(textOf(await ask('/'))).toBe(last);
    await nextTurn();
  }
  expect(sockets.size).toBe(3);
  await Promise.all(closed);
  expect(textOf(await ask('/')), 'on a connection that was opened for it').not.toBe(last);
});

it('what waits for a connection goes in the order in which it came', async () => {
  const seen: (string | undefined)[] = [];
  const { ask } = await stand((request, response) => {
    seen.push(request.url);
    response.end();
  }, 1);
  const paths = Array.from({ length: 20 }, (_, index) => `/${index}`);
  await Promise.all(paths.map((path) => ask(path)));
  expect(seen).toEqual(paths);
});

it('a request that HTTP does not allow takes no connection with it', async () => {
  const { ask, sockets } = await stand((_, response) => response.end('fine'), 1);
  const refused = Array.from({ length: 5 }, () => ask('/', { headers: { 'x-bad': 'two\nlines' } }));
  for (const reply of refused) await expect(reply).rejects.toMatchObject({ code: 'UND_ERR_INVALID_ARG' });
  expect(textOf(await ask('/'))).toBe('fine');
  expect(sockets.size).toBe(1);
});

it('what is asked after the end is told so', async () => {
  const { ask, pools } = await stand((_, response) => response.end(), 1);
  await ask('/');
  await pools.destroy();
  expect(() => ask('/')).toThrow(expect.objectContaining({ code: 'UND_ERR_DESTROYED' }));
});

const FATES = ['ok', 'reset', 'cut', 'abort', 'refuse'] as const;

it('whatever becomes of requests, each ends, and no more than allowed are under way', async () => {
  const property = fc.asyncProperty(
    fc.integer({ min: 1, max: 3 }),
    fc.array(fc.constantFrom(...FATES), { minLength: 1, maxLength: 20 }),
    async (connections, fates) => {
      const aborts = new Map<string, AbortController>();
      let underWay = 0;
      let most = 0;
      const { ask } = await stand((request, response) => {
        most = Math.max(most, ++underWay);
        response.once('close', () => underWay--);
        const { url = '' } = request;
        if (url.startsWith('/reset')) return request.socket.resetAndDestroy();
        if (url.startsWith('/abort')) return aborts.get(url)?.abort(new Error('nobody waits'));
        if (!url.startsWith('/cut')) return response.end('fine');
        response.writeHead(200, { 'content-length': 9 });
        return response.write('half', () => request.socket.destroy());
      }, connections);
      const ends = await Promise.allSettled(
        fates.map((fate, index) => {
          const path = `/${fate}/${index}`;
          const stop = new AbortController();
          aborts.set(path, stop);
          return ask(path, { signal: stop.signal, headers: fate === 'refuse' ? { 'x-bad': 'a\nb' } : {} });
        }),
      );
      const isWhole = (end: PromiseSettledResult<Reply>) =>
        end.status === 'fulfilled' && Buffer.isBuffer(end.value.body);
      expect(ends.map(isWhole)).toEqual(fates.map((fate) => fate === 'ok'));
      expect(most).toBeLessThanOrEqual(connections);
      expect(textOf(await ask('/ok/afterwards'))).toBe('fine');
      await cleanUp?.();
      cleanUp = undefined;
    },
  );
  await fc.assert(property, { numRuns: 60 });
});
