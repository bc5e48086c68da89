import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import { ConnectionPools } from '../http/connection-pools.ts';
import { Exchange } from '../http/exchange.ts';
import { abortError, asSdkError, timeoutError } from './sdk-errors.ts';

/** As an SDK client sends it: the JSON protocols put everything into the body, and nothing into a query. */
export interface SdkRequest {
  /** With its colon. */
  protocol: string;
  hostname: string;
  port?: number | undefined;
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: string | Uint8Array;
}

export interface SdkResponse {
  statusCode: number;
  /** By names in lower case. */
  headers: Record<string, string>;
  body: Uint8Array;
}

export interface RequestHandlerOptions {
  /** Connections to each origin at most. */
  maxSockets: number;
  connectionTimeoutMs: number;
  /** From a request's handing over to its response's last byte. */
  requestTimeoutMs: number;
}

/** Shorter than AWS keeps a connection on which nothing is asked. */
const KEEP_ALIVE_MS = 15_000;

/**
 * Carries an SDK client's requests over undici: Node's own `http`, which the SDK takes by itself, needs nearly twice
 * the CPU for each, and gives a body as a stream where all of it is wanted.
 */
export class RequestHandler {
  readonly metadata = { handlerProtocol: 'http/1.1' };
  readonly #pools: ConnectionPools;
  readonly #requestTimeoutMs: number;

  constructor({ maxSockets, connectionTimeoutMs, requestTimeoutMs }: RequestHandlerOptions) {
    this.#requestTimeoutMs = requestTimeoutMs;
    this.#pools = new ConnectionPools({
      connections: maxSockets,
      connectTimeoutMs: connectionTimeoutMs,
      keepAliveMs: KEEP_ALIVE_MS,
    });
  }

  async handle(
    request: SdkRequest,
    options: { abortSignal?: object } = {},
  ): Promise<{ response: SdkResponse }> {
    // The SDK's type is as wide as signals were before there was a standard.
    const signal = (options.abortSignal as AbortSignal | undefined) ?? null;
    if (signal?.aborted) throw abortError(signal);
    const exchange = new Exchange(signal);
    const timeUp = () => exchange.giveUp(timeoutError(this.#requestTimeoutMs));
    const timer = setTimeout(timeUp, this.#requestTimeoutMs);
    try {
      this.#dispatch(request, exchange);
      const { status, headers, body } = await exchange.reply;
      if (!Buffer.isBuffer(body)) throw body;
      return { response: { statusCode: status, headers: joined(headers), body } };
    } catch (error) {
      throw signal?.aborted ? abortError(signal) : asSdkError(error as Error);
    } finally {
      clearTimeout(timer);
    }
  }

  #dispatch(request: SdkRequest, exchange: Exchange): void {
    const { protocol, hostname, port, path, headers, body = null } = request;
    const origin = `${protocol}//${hostname}${port === undefined ? '' : `:${port}`}`;
    const method = request.method as Dispatcher.HttpMethod;
    this.#pools.dispatch({ origin, path, method, headers, body }, exchange);
  }

  /** Ends every connection, those in use too. */
  destroy(): void {
    void this.#pools.destroy();
  }

  /** The SDK offers what its clients are set to; nothing of it is of use here. */
  updateHttpClientConfig(): void {}

  httpHandlerConfigs(): Record<string, never> {
    return {};
  }
}

/** A header that comes several times is a list: RFC 9110, 5.3. */
function joined(headers: IncomingHttpHeaders): Record<string, string> {
  for (const name in headers) {
    const value = headers[name];
    if (Array.isArray(value)) headers[name] = value.join(',');
  }
  return headers as Record<string, string>;
}
