import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { ExitError } from '../shared/run-service.ts';
import { LOOPBACK } from './emulators/emulator.ts';

async function tryPort(port: number): Promise<number> {
  const server = createServer().listen(port, LOOPBACK);
  try {
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  } finally {
    server.close();
  }
}

/** A port that nobody listens on. */
export function findFreePort(): Promise<number> {
  return tryPort(0);
}

/** Throws `ExitError` where somebody listens there. */
export async function assertPortFree(port: number): Promise<void> {
  try {
    await tryPort(port);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new ExitError(
      1,
      `port ${port} is taken: stop what listens there, or choose another: PORT=${port + 1} npm start`,
    );
  }
}
