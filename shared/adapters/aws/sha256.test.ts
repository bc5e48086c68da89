import { createHash, createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Sha256 } from './sha256.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const bytes = fc.uint8Array({ maxLength: 200, size: 'max' });

async function digestOf(parts: readonly (string | Uint8Array)[], secret?: string | Uint8Array) {
  const sha = new Sha256(secret);
  for (const part of parts) sha.update(part);
  return hex(await sha.digest());
}

describe('SHA-256 for signatures', () => {
  it('hashes as Node does, in however many parts', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(bytes), async (parts) => {
        const hash = createHash('sha256').update(Buffer.concat(parts)).digest('hex');
        expect(await digestOf(parts)).toBe(hash);
      }),
    );
  });

  it('signs as Node does, with a key of any length', async () => {
    await fc.assert(
      fc.asyncProperty(bytes, fc.array(bytes), async (key, parts) => {
        const signature = createHmac('sha256', key).update(Buffer.concat(parts)).digest('hex');
        expect(await digestOf(parts, key)).toBe(signature);
      }),
    );
  });

  it('takes texts as UTF-8, and views and buffers as their bytes', async () => {
    expect(await digestOf(['é'], 'ключ')).toBe(createHmac('sha256', 'ключ').update('é').digest('hex'));
    const { buffer } = Uint8Array.from([0, 1, 2, 3]);
    const sha = new Sha256(new DataView(buffer, 1, 2));
    sha.update(buffer);
    const signature = createHmac('sha256', Buffer.from([1, 2])).update(Buffer.from([0, 1, 2, 3]));
    expect(hex(await sha.digest())).toBe(signature.digest('hex'));
  });

  it('signs with each secret that it is given, also in turn', async () => {
    const secrets = ['one', 'two', Buffer.from('one'), Buffer.from('two')];
    for (const secret of [...secrets, ...secrets])
      expect(await digestOf(['text'], secret)).toBe(
        createHmac('sha256', secret).update('text').digest('hex'),
      );
  });

  it('begins anew after a reset', async () => {
    const sha = new Sha256();
    sha.update('before');
    sha.reset();
    sha.update('after');
    expect(hex(await sha.digest())).toBe(createHash('sha256').update('after').digest('hex'));
  });
});
