import { join } from 'node:path';
import { LOOPBACK } from '../../local/emulators/emulator.ts';
import { findFreePort } from '../../local/free-port.ts';
import { run } from '../../scripts/infra/run.ts';
import { listQueues, listTables } from './ask.ts';
import { INSTALL_TIMEOUT_MS, installOnce } from './install.ts';
import { requireProgram } from './missing.ts';
import { type RunningServer, startServer } from './server-process.ts';

const VERSION = '5.2.1';

async function installMoto(): Promise<string> {
  return installOnce(`moto-${VERSION}`, async (folder) => {
    requireProgram('python3', 'install Python 3 with its venv (Debian: python3-venv)', process.env);
    const options = { cwd: folder, env: process.env, timeoutMs: INSTALL_TIMEOUT_MS };
    await run('python3', ['-m', 'venv', folder], options);
    await run(join(folder, 'bin/pip'), ['install', '--quiet', `moto[server]==${VERSION}`], options);
  });
}

/** moto, most of AWS in memory, from PyPI in an environment of its own; started on a free port of 127.0.0.1. */
export async function startMoto(): Promise<RunningServer> {
  const folder = await installMoto();
  const port = await findFreePort();
  const endpoint = `http://${LOOPBACK}:${port}`;
  return startServer({
    name: 'moto',
    program: join(folder, 'bin/python'),
    args: ['-m', 'moto.server', '-H', LOOPBACK, '-p', String(port)],
    endpoint,
    // It loads a service at its first call.
    ask: async () => {
      await listQueues(endpoint);
      await listTables(endpoint);
    },
  });
}
