import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { type Dispatcher, errors } from 'undici';

type Fetch = typeof globalThis.fetch;
type Decode = (data: Buffer, limits: { maxOutputLength: number }) => Promise<Buffer>;

const DECODERS: Readonly<Record<string, Decode>> = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
};

const CODINGS_MAX = 4;

/**
 * Fetch over `dispatcher`, as far as the SDKs of providers use it: a text goes out, and a body is read whole, once,
 * of at most `maxBytes` as sent and after decompression. Redirects are not followed: the key would go with them.
 * The standard's streams would cost three times as much as all the rest of a call.
 */
export function createPoolFetch(dispatcher: Dispatcher, maxBytes: number): Fetch {
  return async (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const { body = null } = init;
    if (input instanceof Request || (body !== null && typeof body !== 'string'))
      throw new TypeError('this fetch takes an address, and a text as body');
    const reply = await dispatcher.request({
      origin: url.origin,
      path: `${url.pathname}${url.search}`,
      method: (init.method ?? 'GET') as Dispatcher.HttpMethod,
      headers: [
        ...(init.headers instanceof Headers ? init.headers : new Headers(init.headers)),
        ['accept-encoding', 'identity'],
      ].flat(),
      body,
      signal: init.signal ?? null,
    });
    const read = () => readBody(reply, maxBytes);
    const text = async () => (await read()).toString('utf8');
    return Object.defineProperties(
      new Response(null, { status: reply.statusCode, headers: headersOf(reply) }),
      {
        text: { value: text },
        json: { value: async () => JSON.parse(await text()) },
        arrayBuffer: { value: async () => Uint8Array.from(await read()).buffer },
      },
    );
  };
}

function headersOf({ headers }: Dispatcher.ResponseData): [string, string][] {
  return Object.entries(headers).flatMap(([name, value]) =>
    [value ?? []].flat().map((one): [string, string] => [name, one]),
  );
}

/** Some kilobytes of gzip can become gigabytes: what comes out is bounded as what comes in is. */
async function readBody({ headers, body }: Dispatcher.ResponseData, maxBytes: number): Promise<Buffer> {
  let data: Buffer = Buffer.from(await body.arrayBuffer());
  const codings = [headers['content-encoding'] ?? []].flat().join().split(',');
  if (codings.length > CODINGS_MAX) throw new SyntaxError(`a body in ${codings.length} codings`);
  for (const coding of codings.reverse().map((name) => name.trim().toLowerCase())) {
    if (coding === '' || coding === 'identity') continue;
    data = await decode(data, coding, maxBytes);
  }
  return data;
}

async function decode(data: Buffer, coding: string, maxBytes: number): Promise<Buffer> {
  const decoder = DECODERS[coding];
  if (!decoder) throw new SyntaxError(`a body in the coding ${coding.slice(0, 40)}, which nobody asked for`);
  try {
    return await decoder(data, { maxOutputLength: maxBytes });
  } catch (error) {
    if (error instanceof RangeError)
      throw new errors.ResponseExceededMaxSizeError(`the body has more than ${maxBytes} bytes`);
    throw error;
  }
}
