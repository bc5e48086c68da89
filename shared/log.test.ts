import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createLog } from './log.ts';

const LOG = join(import.meta.dirname, 'log.ts');

/** Logs until its supervisor is gone, and a little more, as a service does when it stops. */
const SERVICE = `
  import { createLog } from ${JSON.stringify(LOG)};
  const log = createLog('service', 'info');
  process.on('disconnect', () => {
    log.info('stopping');
    log.info('stopped');
    process.exit(0);
  });
  log.info('up');
`;

it('lets a process end whose output nobody reads any more', async () => {
  const service = spawn(process.execPath, ['--input-type=module-typescript', '--eval', SERVICE], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  try {
    const output = service.stdout as Readable;
    const [line] = (await once(output, 'data')) as [Buffer];
    expect(JSON.parse(line.toString())).toMatchObject({ service: 'service', msg: 'up' });
    output.destroy();
    service.disconnect();
    expect(await once(service, 'exit', { signal: AbortSignal.timeout(15_000) })).toEqual([0, null]);
  } finally {
    service.kill('SIGKILL');
  }
});

describe('the value of a secret’s name is not written', () => {
  const written = (event: object) => {
    const lines: string[] = [];
    createLog('service', 'info', { write: (line: string) => void lines.push(line) }).info(event, 'done');
    return JSON.parse(lines.join('')) as Record<string, unknown>;
  };
  const NAMES = ['authorization', 'api_key', 'apiKey', 'token', 'secret', 'password', 'x-goog-api-key'];

  it.each(NAMES)('%s', (name) => {
    const event = { [name]: 'MARKED', other: 1 };
    expect(written(event)).toMatchObject({ [name]: '[redacted]', other: 1, msg: 'done' });
    expect(event[name]).toBe('MARKED');
  });

  it.each(NAMES)('%s in an object', (name) => {
    const headers = { [name]: 'MARKED', accept: '*/*' };
    expect(written({ headers, list: [1] })).toMatchObject({
      headers: { [name]: '[redacted]', accept: '*/*' },
      list: [1],
    });
    expect(headers[name]).toBe('MARKED');
  });

  it('in an error, of which all else is told', () => {
    const error = Object.assign(new Error('refused'), { token: 'MARKED', code: 'E_REFUSED' });
    expect(written({ err: error }).err).toMatchObject({
      type: 'Error',
      message: 'refused',
      stack: error.stack,
      code: 'E_REFUSED',
      token: '[redacted]',
    });
    expect(written(error).err).toMatchObject({ message: 'refused', token: '[redacted]' });
    expect(written({ cause: error }).cause).toEqual({ token: '[redacted]', code: 'E_REFUSED' });
  });
});
