import type { Dispatcher } from 'undici';
import { Exchange, type Reply } from '../../shared/adapters/http/exchange.ts';
import { PoolReply } from './pool-reply.ts';

type Fetch = typeof globalThis.fetch;
type Input = Parameters<Fetch>[0];

function begin(dispatcher: Dispatcher, input: Input, init: RequestInit = {}): Exchange {
  const { body = null, signal = null } = init;
  if (input instanceof Request || (body !== null && typeof body !== 'string'))
    throw new TypeError('this fetch takes an address, and a text as body');
  signal?.throwIfAborted();
  const url = input instanceof URL ? input : new URL(input);
  const exchange = new Exchange(signal);
  dispatcher.dispatch(
    {
      origin: url.origin,
      path: url.pathname + url.search,
      method: (init.method ?? 'GET') as Dispatcher.HttpMethod,
      headers: [...namesAndValues(init.headers), 'accept-encoding', 'identity'],
      body,
    },
    exchange,
  );
  return exchange;
}

/**
 * Fetch over `dispatcher`, as far as the SDKs of providers use it: a text goes out, and a body of at most `maxBytes`,
 * as sent and after decompression, is read whole. Redirects are not followed: the key would go with them.
 * The standard's Response, Headers and streams would cost several times as much as all the rest of a call.
 */
export function createPoolFetch(dispatcher: Dispatcher, maxBytes: number): Fetch {
  const read = (reply: Reply) => new PoolReply(reply, maxBytes) as unknown as Response;
  return (input, init) => {
    try {
      // Nothing of the request is kept while its reply is awaited.
      return begin(dispatcher, input, init).reply.then(read);
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
