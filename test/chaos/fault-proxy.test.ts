import { once } from 'node:events';
import { Agent, createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FaultProxy, readAction } from './fault-proxy.ts';

let server: Server;
let seen: string[];
let proxy: FaultProxy;
let agent: Agent;

beforeEach(async () => {
  seen = [];
  server = createServer(async (incoming, response) => {
    seen.push(await text(incoming));
    response.end('x'.repeat(300));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  proxy = await FaultProxy.start((server.address() as AddressInfo).port);
  agent = new Agent({ keepAlive: true, maxSockets: 1 });
});

afterEach(async () => {
  agent.destroy();
  await proxy.close();
  server.closeAllConnections();
  server.close();
});

/** The length of the response's body. */
async function post(body: string, action = 'PutItem'): Promise<number> {
  const headers = { 'X-Amz-Target': `DynamoDB_20120810.${action}` };
  const sent = request(proxy.endpoint, { method: 'POST', agent, headers });
  sent.end(body);
  const [response] = await once(sent, 'response');
  return (await text(response)).length;
}

it('passes everything on, again and again over one connection', async () => {
  expect([await post('one'), await post('two')]).toEqual([300, 300]);
  expect(seen).toEqual(['one', 'two']);
});

it('resets connections, open ones too, until that is over', async () => {
  await post('before');
  proxy.fault = { kind: 'reset' };
  await expect(post('lost')).rejects.toThrow(/ECONNRESET|hang up/);
  proxy.fault = undefined;
  expect(await post('after')).toBe(300);
  expect(seen).toEqual(['before', 'after']);
});

it('holds everything back in a black hole, and loses nothing', async () => {
  proxy.fault = { kind: 'black_hole' };
  const held = post('held');
  const first = await Promise.race([held, new Promise((resolve) => setTimeout(resolve, 150, 'nothing'))]);
  expect([first, seen]).toEqual(['nothing', []]);
  proxy.fault = undefined;
  expect(await held).toBe(300);
});

it('delays each piece, either way', async () => {
  proxy.fault = { kind: 'latency', ms: 100 };
  const began = performance.now();
  await post('late');
  expect(performance.now() - began).toBeGreaterThan(190);
});

it('lets a response trickle, and gives the rest at once when that is over', async () => {
  proxy.fault = { kind: 'trickle', bytes: 16, every_ms: 15 };
  const began = performance.now();
  expect(await post('slow')).toBe(300);
  expect(performance.now() - began).toBeGreaterThan(250);
  proxy.fault = { kind: 'trickle', bytes: 1, every_ms: 60_000 };
  const rest = post('stuck');
  proxy.fault = undefined;
  expect(await rest).toBe(300);
});

describe('one action that fails', () => {
  it('never arrives where its request is lost; the others do', async () => {
    proxy.fault = { kind: 'fail_action', action: 'UpdateItem', lost: 'request' };
    expect(await post('put')).toBe(300);
    await expect(post('update', 'UpdateItem')).rejects.toThrow(/ECONNRESET|hang up/);
    expect(await post('put again')).toBe(300);
    expect(seen).toEqual(['put', 'put again']);
  });

  it('is done where only its response is lost', async () => {
    proxy.fault = { kind: 'fail_action', action: 'UpdateItem', lost: 'response' };
    await expect(post('update', 'UpdateItem')).rejects.toThrow(/ECONNRESET|hang up/);
    expect(seen).toEqual(['update']);
  });
});

it('reads the action in the head of a request, and nowhere else', () => {
  const head = 'POST / HTTP/1.1\r\nhost: a\r\nx-amz-target: AmazonSQS.ReceiveMessage\r\n\r\n';
  expect(readAction(Buffer.from(head))).toBe('ReceiveMessage');
  expect(readAction(Buffer.from('{"text":"x-amz-target: AmazonSQS.SendMessage\\r\\n"}'))).toBeUndefined();
});
