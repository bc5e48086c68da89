import { createHmac, hash } from 'node:crypto';

type Bytes = string | ArrayBuffer | ArrayBufferView;

function asBytes(data: Bytes): Uint8Array {
  if (typeof data === 'string') return Buffer.from(data);
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
}

/**
 * SHA-256, or with a secret its HMAC, for the SDK's signatures: four for each request. To hash a text at once takes
 * Node half the time that a hash in parts takes, as the SDK makes it.
 */
export class Sha256 {
  readonly #secret: Uint8Array | undefined;
  #parts: Uint8Array[] = [];

  constructor(secret?: Bytes) {
    if (secret !== undefined) this.#secret = asBytes(secret);
  }

  update(data: Bytes): void {
    this.#parts.push(asBytes(data));
  }

  async digest(): Promise<Uint8Array> {
    const [only] = this.#parts;
    const data = only && this.#parts.length === 1 ? only : Buffer.concat(this.#parts);
    return this.#secret === undefined
      ? hash('sha256', data, 'buffer')
      : createHmac('sha256', this.#secret).update(data).digest();
  }

  reset(): void {
    this.#parts = [];
  }
}
