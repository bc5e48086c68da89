import type { Dispatcher } from 'undici';
import type { ConnectionPools } from '../../shared/adapters/http/connection-pools.ts';
import { Exchange, type Reply } from '../../shared/adapters/http/exchange.ts';
import { PoolReply } from './pool-reply.ts';

type Fetch = typeof globalThis.fetch;
type Input = Parameters<Fetch>[0];

/** Where a request goes, and with what, apart from its body. */
interface Target {
  origin: string;
  path: string;
  headers: string[];
}

/** By the list of headers, of those that are used again with their address: a URL takes itself apart at each look. */
const targets = new WeakMap<object, { url: URL; target: Target }>();

function targetOf(input: URL | string, headers: RequestInit['headers']): Target {
  const isList = Array.isArray(headers) && input instanceof URL;
  const before = isList ? targets.get(headers) : undefined;
  if (before && before.url === input) return before.target;
  const url = new URL(input);
  const target = {
    origin: url.origin,
    path: url.pathname + url.search,
    headers: [...namesAndValues(headers), 'accept-encoding', 'identity'],
  };
  if (isList) targets.set(headers, { url: input, target });
  return target;
}

function begin(pools: ConnectionPools, input: Input, init: RequestInit = {}): Exchange {
  const { body = null, signal = null } = init;
  if (input instanceof Request || (body !== null && typeof body !== 'string'))
    throw new TypeError('this fetch takes an address, and a text as body');
  signal?.throwIfAborted();
  const { origin, path, headers } = targetOf(input, init.headers);
  const method = (init.method ?? 'GET') as Dispatcher.HttpMethod;
  const exchange = new Exchange(signal);
  pools.dispatch({ origin, path, method, headers, body }, exchange);
  return exchange;
}

/**
 * Fetch over `pools`, as far as the SDKs of providers use it: a text goes out, and a body of at most `maxBytes`,
 * as sent and after decompression, is read whole. Redirects are not followed: the key would go with them.
 * The standard's Response, Headers and streams would cost several times as much as all the rest of a call. A list of
 * headers, and its URL, must not be changed once they were used: they are read once.
 */
export function createPoolFetch(pools: ConnectionPools, maxBytes: number): Fetch {
  const read = (reply: Reply) => new PoolReply(reply, maxBytes) as unknown as Response;
  return (input, init) => {
    try {
      // Nothing of the request is kept while its reply is awaited.
      return begin(pools, input, init).reply.then(read);
    } catch (error) {
      return Promise.reject(error);
    }
  };
}

function namesAndValues(headers: RequestInit['headers']): string[] {
  const pairs = Array.isArray(headers) || headers instanceof Headers ? headers : new Headers(headers);
  const flat: string[] = [];
  for (const [name, value] of pairs) flat.push(name, value);
  return flat;
}
