import { hash } from 'node:crypto';

const BLOCK = 64;
const INNER = 0x36;
const OUTER = 0x5c;

const sha256 = (data: Uint8Array): Buffer => hash('sha256', data, 'buffer');

type Bytes = string | ArrayBuffer | ArrayBufferView;

function asBytes(data: Bytes): Uint8Array {
  if (typeof data === 'string') return Buffer.from(data);
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
}

/** A key as HMAC mixes it in: a block long (RFC 2104). */
function padded(key: Uint8Array, filler: number): Buffer {
  const block = Buffer.alloc(BLOCK, filler);
  key.forEach((byte, index) => {
    block[index] = byte ^ filler;
  });
  return block;
}

/**
 * SHA-256, or with a secret its HMAC, for the SDK's signatures: four for each request. Hashing a text at once takes Node
 * half the time that a hash in parts takes, and an HMAC of two such hashes a quarter of what its own object for one does.
 */
export class Sha256 {
  readonly #key: Uint8Array | undefined;
  #parts: Uint8Array[] = [];

  constructor(secret?: Bytes) {
    if (secret === undefined) return;
    const key = asBytes(secret);
    this.#key = key.length > BLOCK ? sha256(key) : key;
  }

  update(data: Bytes): void {
    this.#parts.push(asBytes(data));
  }

  async digest(): Promise<Uint8Array> {
    const key = this.#key;
    if (!key)
      return sha256(this.#parts.length === 1 ? (this.#parts[0] as Uint8Array) : Buffer.concat(this.#parts));
    const inner = sha256(Buffer.concat([padded(key, INNER), ...this.#parts]));
    return sha256(Buffer.concat([padded(key, OUTER), inner]));
  }

  reset(): void {
    this.#parts = [];
  }
}
