import { afterEach, describe, expect, it } from 'vitest';
import { ALICE } from '../../api/testing/api-fixture.ts';
import { jobIn } from '../../api/testing/read-response.ts';
import {
  type GuardedApi,
  openSocket,
  readToEnd,
  SHORT_TIMEOUTS,
  serveGuarded,
} from './support/guarded-api.ts';

let api: GuardedApi | undefined;
afterEach(async () => {
  await api?.close();
  api = undefined;
});

const HEAD = `POST /v1/jobs HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${ALICE}\r\n`;
const BODY = `${HEAD}Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"question":`;

/** Sends one byte after the other, and never ends by itself; resolves to what came back. */
async function drip(port: number, begun: string, byte: string): Promise<string> {
  const socket = await openSocket(port);
  socket.write(begun);
  const dripping = setInterval(() => socket.write(byte), 20);
  try {
    return await readToEnd(socket);
  } finally {
    clearInterval(dripping);
  }
}

describe('a client that sends drop by drop', () => {
  it.each([
    ['its headers', `${HEAD}X-Slow: `],
    ['its first line', 'GET /v1/'],
    ['its body', BODY],
  ])('%s is let go in time, by a hundred of them at once others are served', async (_what, begun) => {
    api = await serveGuarded({ timeouts: SHORT_TIMEOUTS });
    const { server, origin } = api;
    const slow = Array.from({ length: 100 }, () => drip(server.port, begun, 'a'));
    for (let ask = 0; ask < 10; ask += 1) {
      const response = await fetch(`${origin}/v1/jobs`, { headers: { Authorization: `Bearer ${ALICE}` } });
      expect(response.status, await response.text()).toBe(200);
    }
    for (const answer of await Promise.all(slow)) {
      expect(answer.split('\r\n')[0]).toBe('HTTP/1.1 408 The request took too long to arrive');
      expect(answer).toContain('"code":"request_timeout"');
    }
  });

  it('nothing at all after connecting is let go too', async () => {
    api = await serveGuarded({ timeouts: SHORT_TIMEOUTS });
    const socket = await openSocket(api.server.port);
    expect(await readToEnd(socket)).toContain('408');
  });
});

describe('a client that reads nothing', () => {
  const STALLED = { ...SHORT_TIMEOUTS, stalledMs: 300 };
  const LONG = 'What happens in a VPC? '.repeat(340);

  it('is let go, and what was kept for it with it', async () => {
    api = await serveGuarded({ timeouts: STALLED });
    const { id } = await jobIn(await api.submit({ question: LONG }), 202);
    const ask = `GET /v1/jobs/${id} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${ALICE}\r\n\r\n`;
    const socket = await openSocket(api.server.port);
    socket.pause();
    socket.write(ask.repeat(2000));
    const [held] = api.accepted.open;
    if (!held) throw new Error('the server has no connection');
    let mostHeld = 0;
    const looking = setInterval(() => {
      mostHeld = Math.max(mostHeld, held.writableLength);
    }, 5);
    await api.accepted.allEnded();
    clearInterval(looking);
    socket.destroy();
    // Pipelined requests wait unread once the answers before them are not taken.
    expect(mostHeld).toBeGreaterThan(0);
    expect(mostHeld).toBeLessThan(1024 * 1024);
  });

  it('while one that has nothing to read yet is let wait', async () => {
    api = await serveGuarded({ timeouts: STALLED });
    const { id } = await jobIn(await api.submit({}), 202);
    const began = performance.now();
    const response = await api.ask(`/v1/jobs/${id}`);
    expect(response.status).toBe(200);
    const waited = await fetch(`${api.origin}/v1/jobs/${id}`, {
      headers: { Authorization: `Bearer ${ALICE}`, Prefer: 'wait=1' },
    });
    expect((await jobIn(waited, 200)).status).toBe('queued');
    expect(performance.now() - began).toBeGreaterThan(STALLED.stalledMs);
  });
});
