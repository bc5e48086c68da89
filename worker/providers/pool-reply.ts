import type { IncomingHttpHeaders } from 'node:http';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { errors } from 'undici';
import type { Reply } from '../../shared/adapters/http/exchange.ts';

type Decode = (data: Buffer, limits: { maxOutputLength: number }) => Promise<Buffer>;

const DECODERS: Readonly<Record<string, Decode>> = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
};

const CODINGS_MAX = 4;

/** A header that comes several times is a list: RFC 9110, 5.3. */
function oneValue(value: string | string[]): string {
  return typeof value === 'string' ? value : value.join(', ');
}

/** Of the standard's Headers what is read of a reply. */
class ReplyHeaders {
  readonly #values: IncomingHttpHeaders;

  constructor(values: IncomingHttpHeaders) {
    this.#values = values;
  }

  get(name: string): string | null {
    const key = name.toLowerCase();
    const value = Object.hasOwn(this.#values, key) ? this.#values[key] : undefined;
    return value === undefined ? null : oneValue(value);
  }

  entries(): [string, string][] {
    return Object.entries(this.#values).map(([name, value]) => [name, oneValue(value ?? '')]);
  }
}

/** Of the standard's Response what the SDKs of providers use. */
export class PoolReply {
  readonly status: number;
  readonly statusText = '';
  readonly headers: ReplyHeaders;
  readonly #body: Buffer | Error;
  readonly #maxBytes: number;

  constructor({ status, headers, body }: Reply, maxBytes: number) {
    this.status = status;
    this.headers = new ReplyHeaders(headers);
    this.#body = body;
    this.#maxBytes = maxBytes;
  }

  get ok(): boolean {
    return this.status < 300;
  }

  text(): Promise<string> {
    if (!Buffer.isBuffer(this.#body)) return Promise.reject(this.#body);
    const encoding = this.headers.get('content-encoding');
    if (encoding === null) return Promise.resolve(this.#body.toString('utf8'));
    return decodeBody(this.#body, encoding, this.#maxBytes).then((plain) => plain.toString('utf8'));
  }

  async json(): Promise<unknown> {
    return JSON.parse(await this.text());
  }
}

/** Some kilobytes of gzip can become gigabytes: what comes out is bounded as what comes in is. */
async function decodeBody(body: Buffer, encoding: string, maxBytes: number): Promise<Buffer> {
  const codings = encoding.split(',');
  if (codings.length > CODINGS_MAX) throw new SyntaxError(`a body in ${codings.length} codings`);
  let data = body;
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
