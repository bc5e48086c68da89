import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { createPostWebhook, type PostWebhookOptions, type Resolve } from './post-webhook.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** A receiver that counts what it is sent; it ends each connection, so that the next one is looked up anew. */
async function listen(host = '127.0.0.1', port = 0, status = 200) {
  let hits = 0;
  const server = createServer((request, response) => {
    hits += 1;
    request.resume();
    response.writeHead(status, { location: `http://${host}/elsewhere`, connection: 'close' }).end();
  });
  server.listen(port, host);
  await once(server, 'listening');
  closers.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { port: (server.address() as AddressInfo).port, hits: () => hits };
}

function poster(options: PostWebhookOptions) {
  const { post, close } = createPostWebhook(options);
  closers.push(close);
  return (url: string) => post(url, {}, '{}');
}

/** Answers each look-up with the next of these, and the last one for ever after. */
function resolving(...answers: string[][]): { resolve: Resolve; asked: () => number } {
  let asked = 0;
  const resolve: Resolve = (_hostname, _options, callback) => {
    const addresses = answers[Math.min(asked, answers.length - 1)] ?? [];
    asked += 1;
    callback(
      null,
      addresses.map((address) => ({ address, family: 4 })),
    );
  };
  return { resolve, asked: () => asked };
}

it('does not follow a redirect', async () => {
  const { port, hits } = await listen('127.0.0.1', 0, 302);
  expect(await poster({ allowPrivate: true })(`http://127.0.0.1:${port}/hook`)).toBe(302);
  expect(hits()).toBe(1);
});

it.each([
  '127.0.0.1',
  'localhost',
  '[::1]',
  '[::ffff:127.0.0.1]',
  '[::7f00:1]',
  '2130706433',
  '017700000001',
  '0177.0.0.1',
  '0x7f.1',
  '127.1',
  '0',
  '①②⑦.0.0.1',
])('refuses %s where only public addresses are allowed, before connecting', async (host) => {
  const { port, hits } = await listen();
  const post = poster({ allowPrivate: false });
  await expect(post(`http://${host}:${port}/hook`)).rejects.toThrow(/not a public address/);
  expect(hits()).toBe(0);
});

it('refuses a name that stands for a public and a private address', async () => {
  const { resolve } = resolving(['8.8.8.8', '127.0.0.1']);
  const { port, hits } = await listen();
  const post = poster({ allowPrivate: false, resolve });
  await expect(post(`http://mixed.example:${port}/`)).rejects.toThrow('127.0.0.1 is not a public address');
  expect(hits()).toBe(0);
});

it('connects to the very address that was judged: a name that is bound anew afterwards is refused', async () => {
  const allowed = await listen('127.0.0.1');
  const forbidden = await listen('127.0.0.2', allowed.port);
  const { resolve, asked } = resolving(['127.0.0.1'], ['127.0.0.2']);
  // Stands for the internet: nothing else may be reached from here.
  const isAllowed = (address: string) => address === '127.0.0.1';
  const post = poster({ allowPrivate: false, resolve, isAllowed });
  const url = `http://rebound.example:${allowed.port}/hook`;
  expect(await post(url)).toBe(200);
  expect([asked(), allowed.hits(), forbidden.hits()]).toEqual([1, 1, 0]);
  await expect(post(url)).rejects.toThrow('127.0.0.2 is not a public address');
  expect([asked(), allowed.hits(), forbidden.hits()]).toEqual([2, 1, 0]);
});

it('reads little of what a receiver answers', async () => {
  const written = Promise.withResolvers<number>();
  const server = createServer((request, response) => {
    request.resume();
    let sent = 0;
    const chunk = Buffer.alloc(64 * 1024);
    const write = () => {
      while (!response.destroyed && response.write(chunk)) sent += chunk.length;
    };
    response.on('drain', write).on('close', () => written.resolve(sent));
    write();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  expect(await poster({ allowPrivate: true })(`http://127.0.0.1:${port}/`)).toBe(200);
  // What stands in the buffers of both ends is sent too; without a limit this would never end.
  expect(await written.promise).toBeLessThan(64 * 1024 * 1024);
});
