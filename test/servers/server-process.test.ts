import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it, onTestFinished } from 'vitest';
import { LOOPBACK } from '../../local/emulators/emulator.ts';
import { findFreePort } from '../../local/free-port.ts';
import { startServer } from './server-process.ts';

/** A server in Node that says pong, as the command that starts it. */
async function ponging() {
  const port = await findFreePort();
  const endpoint = `http://${LOOPBACK}:${port}`;
  const source = `http.createServer((_, response) => response.end('pong')).listen(${port}, '${LOOPBACK}')`;
  return {
    name: 'ponging',
    program: process.execPath,
    args: ['-e', source],
    endpoint,
    ask: () => fetch(endpoint),
  };
}

/** A failing test must not leave its server behind. */
function endAnyway(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

it('starts a server that answers, as the process that it names, and ends it', async () => {
  const server = await startServer(await ponging());
  expect(await (await fetch(server.endpoint)).text()).toBe('pong');
  expect(process.kill(server.pid, 0)).toBe(true);
  await server.stop();
  await expect(fetch(server.endpoint)).rejects.toThrow();
  expect(() => process.kill(server.pid, 0)).toThrow('ESRCH');
  await server.stop();
});

it('says how a server ended that never answered, and where it wrote why', async () => {
  const command = { ...(await ponging()), args: ['-e', 'process.exit(3)'] };
  await expect(startServer(command)).rejects.toThrow(/ponging ended with 3; .*ponging\.log$/);
});

it('ends with the process that started it, however that ends', async () => {
  const { args, endpoint } = await ponging();
  const command = JSON.stringify({ name: 'ponging', program: process.execPath, args, endpoint });
  const source = `
    import { startServer } from ${JSON.stringify(join(import.meta.dirname, 'server-process.ts'))};
    const { pid } = await startServer({ ...${command}, ask: () => fetch(${JSON.stringify(endpoint)}) });
    console.log(pid);`;
  const starter = spawn(process.execPath, ['--input-type=module', '-e', source], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [pid] = await once(createInterface({ input: starter.stdout }), 'line');
  onTestFinished(() => endAnyway(Number(pid)));
  const socket = connect(Number(new URL(endpoint).port), LOOPBACK);
  await once(socket, 'connect');
  starter.kill('SIGKILL');
  // An answer that is cut off and one that ends are the same news: `once` would reject at the first.
  socket.on('error', () => {});
  await new Promise((resolve) => socket.resume().on('close', resolve));
  await expect(fetch(endpoint)).rejects.toThrow();
});
