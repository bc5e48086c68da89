import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { connect } from 'node:net';
import { type RunningServer, type ServerTimeouts, startServer } from '../../../api/server.ts';
import { makeApi } from '../../../api/testing/api-fixture.ts';
import { systemClock } from '../../../shared/adapters/system/system-clock.ts';
import type { Env } from '../../../shared/config/env-reader.ts';
import type { Clock } from '../../../shared/ports/clock.ts';

/** Short enough for a test, long enough for a machine that is busy. */
export const SHORT_TIMEOUTS: ServerTimeouts = {
  headersMs: 2000,
  requestMs: 3000,
  checkMs: 100,
  stalledMs: 30_000,
};

/** Not `once` of node:events: it rejects at an error, and a side that pulls its cable is one. */
export async function whenClosed(socket: Socket): Promise<void> {
  if (!socket.closed) await new Promise((resolve) => socket.once('close', resolve));
}

/** The server's own ends of the connections that clients open to it. */
export class Accepted {
  readonly open = new Set<Socket>();
  readonly #port: number;
  readonly #arrived: (message: unknown) => void;

  constructor(port: number) {
    this.#port = port;
    this.#arrived = (message) => this.#keep((message as { socket: Socket }).socket);
    subscribe('net.server.socket', this.#arrived);
  }

  /** Resolves when the server has no connection any more. */
  async allEnded(): Promise<void> {
    while (this.open.size > 0) await Promise.all([...this.open].map(whenClosed));
  }

  stop(): void {
    unsubscribe('net.server.socket', this.#arrived);
  }

  #keep(socket: Socket): void {
    if (socket.localPort !== this.#port) return;
    this.open.add(socket);
    socket.once('close', () => this.open.delete(socket));
  }
}

/** The whole API on a port of this machine, over a store and a queue in memory, in this process. */
export async function serveGuarded(options: { env?: Env; timeouts?: ServerTimeouts; clock?: Clock } = {}) {
  const api = makeApi<Clock>({
    clock: options.clock ?? systemClock,
    env: { RATE_PER_MINUTE: '100000', ...options.env },
  });
  const { timeouts } = options;
  const server: RunningServer = await startServer({ ...api, timeouts }, '127.0.0.1', 0);
  const accepted = new Accepted(server.port);
  const origin = `http://127.0.0.1:${server.port}`;
  return {
    ...api,
    server,
    origin,
    accepted,
    close: async () => {
      api.watchers.close();
      await server.close(1000);
      accepted.stop();
    },
  };
}

export type GuardedApi = Awaited<ReturnType<typeof serveGuarded>>;

/** A connection on which a test writes what it likes. */
export async function openSocket(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  // That the other side ends it is what tests are about.
  socket.on('error', () => {});
  await once(socket, 'connect');
  return socket;
}

/** All that comes back until the connection ends. */
export async function readToEnd(socket: Socket): Promise<string> {
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  await whenClosed(socket);
  return Buffer.concat(chunks).toString();
}
