import { createSecureContext } from 'node:tls';
import { buildConnector, Client, type Dispatcher, errors } from 'undici';
import type { Exchange } from './exchange.ts';

export interface ConnectionPoolOptions {
  /** Connections to each origin at most. */
  connections: number;
  connectTimeoutMs: number;
  /** How long a connection is kept on which nothing is asked; default 4 seconds. */
  keepAliveMs?: number;
  /** A longer body is an error; default: no limit. */
  maxResponseBytes?: number;
}

export type PoolRequest = Dispatcher.DispatchOptions & { origin: string };

interface Waiting {
  request: PoolRequest;
  exchange: Exchange;
}

/**
 * Connections to one origin, each with one request at a time. The one that became free last is taken first, so that
 * those that are not needed are left to close. (undici's own pool looks at each of its connections until it finds a
 * free one, twice a request: with a thousand in use that takes a third as long as all the rest of a request.)
 */
class ConnectionPool {
  readonly #origin: string;
  readonly #max: number;
  readonly #options: Client.Options;
  readonly #free: Client[] = [];
  readonly #busy = new Set<Client>();
  readonly #waiting: Waiting[] = [];

  constructor(origin: string, max: number, options: Client.Options) {
    this.#origin = origin;
    this.#max = max;
    this.#options = options;
  }

  dispatch(request: PoolRequest, exchange: Exchange): void {
    const client = this.#free.pop() ?? (this.#busy.size < this.#max ? this.#open() : undefined);
    if (client) this.#ask(client, request, exchange);
    else this.#waiting.push({ request, exchange });
  }

  async destroy(): Promise<void> {
    for (const { exchange } of this.#waiting.splice(0))
      exchange.onResponseError(undefined, new errors.ClientDestroyedError());
    await Promise.all([...this.#free, ...this.#busy].map((client) => client.destroy()));
  }

  #open(): Client {
    const client = new Client(this.#origin, this.#options);
    client.on('drain', () => {
      if (this.#busy.delete(client)) this.#takeNext(client);
    });
    return client;
  }

  #ask(client: Client, request: PoolRequest, exchange: Exchange): void {
    this.#busy.add(client);
    client.dispatch(request, exchange);
    // What is refused at once, as a header that HTTP does not allow, keeps it no longer, and is followed by no event.
    if (client.stats.size === 0 && this.#busy.delete(client)) this.#takeNext(client);
  }

  #takeNext(client: Client): void {
    const next = this.#waiting.shift();
    if (next) this.#ask(client, next.request, next.exchange);
    else this.#free.push(client);
  }
}

/** A bounded pool of connections for each origin that is asked. */
export class ConnectionPools {
  readonly #max: number;
  readonly #connectTimeoutMs: number;
  readonly #options: Client.Options;
  readonly #pools = new Map<string, ConnectionPool>();
  #isDestroyed = false;

  constructor({ connections, connectTimeoutMs, keepAliveMs, maxResponseBytes }: ConnectionPoolOptions) {
    this.#max = connections;
    this.#connectTimeoutMs = connectTimeoutMs;
    this.#options = {
      // One request a connection: `connections` bounds what is in flight.
      allowH2: false,
      // Whoever asks knows how long it waits: a model may think for minutes.
      headersTimeout: 0,
      bodyTimeout: 0,
      ...(keepAliveMs !== undefined && { keepAliveTimeout: keepAliveMs }),
      ...(maxResponseBytes !== undefined && { maxResponseSize: maxResponseBytes }),
    };
  }

  /** Throws `errors.ClientDestroyedError` after `destroy`. */
  dispatch(request: PoolRequest, exchange: Exchange): void {
    if (this.#isDestroyed) throw new errors.ClientDestroyedError();
    const pool = this.#pools.get(request.origin) ?? this.#open(request.origin);
    pool.dispatch(request, exchange);
  }

  #open(origin: string): ConnectionPool {
    const pool = new ConnectionPool(origin, this.#max, {
      ...this.#options,
      connect: this.#connectorOf(origin),
    });
    this.#pools.set(origin, pool);
    return pool;
  }

  /** One for all connections to an origin: it keeps the sessions of TLS, and what each would make again for itself. */
  #connectorOf(origin: string): ReturnType<typeof buildConnector> {
    return buildConnector({
      timeout: this.#connectTimeoutMs,
      allowH2: false,
      ...(origin.startsWith('https:') && { secureContext: createSecureContext() }),
    });
  }

  /** Ends every connection, those in use too, and what waits for one. */
  async destroy(): Promise<void> {
    this.#isDestroyed = true;
    await Promise.all([...this.#pools.values()].map((pool) => pool.destroy()));
  }
}
