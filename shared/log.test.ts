import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { expect, it } from 'vitest';

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
