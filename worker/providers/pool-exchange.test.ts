import { once } from 'node:events';
import { createServer as createHttpServer, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { EventQueue } from '../../local/fake-providers/event-queue.ts';
import { openProviderPool, type ProviderPool } from './provider-pool.ts';

let cleanUp: (() => Promise<void>) | undefined;
afterEach(() => cleanUp?.());

async function listen(server: ReturnType<typeof createServer>): Promise<{ pool: ProviderPool; url: string }> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const pool = openProviderPool({ connections: 1 });
  cleanUp = async () => {
    await pool.close();
    server.close();
    await once(server, 'close');
  };
  return { pool, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
}

/** Says these bytes on each connection, whatever it is asked. */
const saying = (reply: string) =>
  createServer((socket) =>
    socket
      .on('error', () => {})
      .resume()
      .end(reply),
  );

it('a call that is aborted while it waits for a connection ends at once, and is never sent', async () => {
  const seen = new EventQueue<{ url: string | undefined; response: ServerResponse }>();
  const { pool, url } = await listen(
    createHttpServer((request, response) => seen.push({ url: request.url, response })),
  );
  const first = pool.fetch(`${url}first`);
  const { response } = await seen.next();
  const controller = new AbortController();
  const waiting = pool.fetch(`${url}aborted`, { signal: controller.signal });
  const reason = new Error('nobody waits');
  controller.abort(reason);
  await expect(waiting).rejects.toBe(reason);
  response.end('ok');
  expect(await (await first).text()).toBe('ok');
  const third = pool.fetch(`${url}third`);
  const next = await seen.next();
  expect(next.url).toBe('/third');
  next.response.end();
  await third;
});

it('a body that breaks before anyone reads it is told to whoever does', async () => {
  const { pool, url } = await listen(saying('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf'));
  const reply = await pool.fetch(url);
  await new Promise(setImmediate);
  await expect(reply.text()).rejects.toMatchObject({ code: expect.stringMatching(/^UND_ERR_/) });
});

it('a status that HTTP does not know is an error', async () => {
  const { pool, url } = await listen(saying('HTTP/1.1 700 ?\r\ncontent-length: 0\r\n\r\n'));
  await expect(pool.fetch(url)).rejects.toThrow(RangeError);
});

it('headers that come several times are one, whatever the case of their name', async () => {
  const { pool, url } = await listen(
    createHttpServer((_request, response) => response.writeHead(200, { 'X-Two': ['a', 'b'] }).end()),
  );
  const { headers } = await pool.fetch(url);
  expect(headers.get('X-TWO')).toBe('a, b');
  expect(headers.get('constructor')).toBeNull();
  expect([...headers.entries()]).toContainEqual(['x-two', 'a, b']);
});

it('a list of headers that is used again goes to whichever address it is used with', async () => {
  const { pool, url } = await listen(
    createHttpServer((request, response) => response.end(`${request.url} ${request.headers['x-key']}`)),
  );
  const headers: [string, string][] = [['X-Key', 'mine']];
  const [first, second] = [new URL('one?x=1', url), new URL('two', url)];
  const said = [];
  for (const address of [first, second, second, first, first.href]) {
    said.push(await (await pool.fetch(address, { headers })).text());
  }
  expect(said).toEqual(['/one?x=1 mine', '/two mine', '/two mine', '/one?x=1 mine', '/one?x=1 mine']);
});
