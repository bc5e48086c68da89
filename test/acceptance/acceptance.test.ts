import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { Stack } from '../support/stack.ts';
import { accept } from './accept.ts';
import { Deployment } from './deployment.ts';

const KEY = 'acceptance-key';
const API_KEYS = JSON.stringify([
  { client: 'acceptance', sha256: createHash('sha256').update(KEY).digest('hex') },
]);

async function verdictsOn(url: string, key: string | undefined, patienceMs: number): Promise<string[]> {
  const deployment = new Deployment(url, { key, patienceMs });
  const verdicts = await accept(deployment, () => {});
  return verdicts.map(({ verdict, name, why }) =>
    verdict === 'failed' ? `failed ${name}: ${why}` : `${verdict} ${name}`,
  );
}

it('accepts the stack as it is', { timeout: 60_000 }, async () => {
  await using stack = await Stack.start({ API_KEYS });
  stack.worker();
  const verdicts = await stack.meet(verdictsOn(stack.client.address, KEY, 30_000));
  expect(verdicts, stack.output).toEqual([
    'passed lives and is ready',
    'passed describes itself',
    'passed refuses who has no key, or a wrong one',
    'passed refuses a request that is not valid, and says where',
    'passed knows no job that was never asked',
    'skipped sends plain HTTP to HTTPS',
    'passed accepts a question, and answers it to who polls',
    'passed tells each change to who listens',
    'passed makes one job of a request that is sent twice',
    'passed cancels',
  ]);
});

it.each([
  ['says yes to everything', 200, '{"id":"one","status":"queued","errors":[],"done":false}'],
  ['is the error page of a load balancer', 503, '<html>Service Temporarily Unavailable</html>'],
])('accepts nothing of a server that %s', async (_what, status, body) => {
  const server = createServer((_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const verdicts = await verdictsOn(
      `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      KEY,
      1000,
    );
    expect(verdicts.filter((verdict) => !verdict.startsWith('failed'))).toEqual([
      'skipped sends plain HTTP to HTTPS',
    ]);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
