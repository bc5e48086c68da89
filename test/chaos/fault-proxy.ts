import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { LOOPBACK } from '../../local/emulators/emulator.ts';

/**
 * What is wrong with a link.
 * - `latency`: every piece of data, either way, comes `ms` later.
 * - `reset`: connections are reset with the next byte that is sent on them.
 * - `black_hole`: nothing passes; what was sent arrives when it is over.
 * - `trickle`: responses come `bytes` at a time, `every_ms` apart.
 * - `fail_action`: connections are reset for one action of AWS only, before its request or before its response.
 */
export type LinkFault =
  | { kind: 'latency'; ms: number }
  | { kind: 'reset' }
  | { kind: 'black_hole' }
  | { kind: 'trickle'; bytes: number; every_ms: number }
  | { kind: 'fail_action'; action: string; lost: 'request' | 'response' };

interface Connection {
  client: Socket;
  upstream: Socket;
  /** The AWS action whose request came last. */
  action: string | undefined;
}

const HEAD_BYTES = 4096;

/** The action that a request to AWS names in its head; undefined where the bytes begin no such request. */
export function readAction(bytes: Buffer): string | undefined {
  const head = bytes.subarray(0, HEAD_BYTES).toString('latin1');
  return /^POST .*?\r\nx-amz-target: *[\w]+\.(\w+)\r\n/is.exec(head)?.[1];
}

/** A TCP proxy before one peer of one process. */
export class FaultProxy {
  readonly #server: Server;
  readonly #connections = new Set<Connection>();
  #fault: LinkFault | undefined;
  #changed = Promise.withResolvers<void>();

  private constructor(targetPort: number) {
    this.#server = createServer((client) => this.#accept(client, targetPort));
  }

  static async start(targetPort: number): Promise<FaultProxy> {
    const proxy = new FaultProxy(targetPort);
    proxy.#server.listen(0, LOOPBACK);
    await once(proxy.#server, 'listening');
    return proxy;
  }

  /** `http://127.0.0.1:<port>` */
  get endpoint(): string {
    return `http://${LOOPBACK}:${(this.#server.address() as AddressInfo).port}`;
  }

  /** From now on; undefined: all is well again. */
  set fault(fault: LinkFault | undefined) {
    this.#fault = fault;
    this.#changed.resolve();
    this.#changed = Promise.withResolvers<void>();
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const connection of this.#connections) this.#cut(connection);
    this.fault = undefined;
    await closed;
  }

  #accept(client: Socket, targetPort: number): void {
    const upstream = connect(targetPort, LOOPBACK);
    const connection: Connection = { client, upstream, action: undefined };
    this.#connections.add(connection);
    client.on('close', () => this.#connections.delete(connection));
    void this.#pump(connection, client, upstream);
    void this.#pump(connection, upstream, client);
  }

  async #pump(connection: Connection, from: Socket, to: Socket): Promise<void> {
    // An error of either side ends both; whoever uses the connection sees it reset.
    from.on('error', () => this.#cut(connection));
    try {
      for await (const chunk of from) {
        const isRequest = from === connection.client;
        if (isRequest) connection.action = readAction(chunk as Buffer) ?? connection.action;
        if (!(await this.#pass(connection, chunk as Buffer, isRequest ? 'request' : 'response'))) return;
      }
      to.end();
    } catch {
      this.#cut(connection);
    }
  }

  /** Sends one piece on its way; false where the connection was reset instead. */
  async #pass(connection: Connection, chunk: Buffer, side: 'request' | 'response'): Promise<boolean> {
    while (this.#fault?.kind === 'black_hole') await this.#changed.promise;
    const fault = this.#fault;
    if (fault?.kind === 'latency') await wait(fault.ms);
    const isCut =
      fault?.kind === 'reset' ||
      (fault?.kind === 'fail_action' && fault.lost === side && connection.action === fault.action);
    if (isCut) {
      this.#cut(connection);
      return false;
    }
    const to = side === 'request' ? connection.upstream : connection.client;
    if (fault?.kind === 'trickle' && side === 'response') return this.#trickle(chunk, to, fault);
    return this.#write(to, chunk);
  }

  async #trickle(
    chunk: Buffer,
    to: Socket,
    fault: Extract<LinkFault, { kind: 'trickle' }>,
  ): Promise<boolean> {
    for (let at = 0; at < chunk.length; at += fault.bytes) {
      // The rest comes at once when the fault is over.
      const end = this.#fault === fault ? at + fault.bytes : chunk.length;
      await this.#write(to, chunk.subarray(at, end));
      if (end >= chunk.length) return true;
      await wait(fault.every_ms);
    }
    return true;
  }

  async #write(to: Socket, bytes: Buffer): Promise<boolean> {
    if (to.destroyed) return false;
    if (!to.write(bytes)) await Promise.race([once(to, 'drain'), once(to, 'close')]);
    return true;
  }

  #cut({ client, upstream }: Connection): void {
    // A reset of a socket that is being shut down fails in libuv, and its handle is never closed.
    if (client.writableEnded) client.destroy();
    else client.resetAndDestroy();
    upstream.destroy();
  }
}
