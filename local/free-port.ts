import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { ExitError } from '../shared/run-service.ts';
import { LOOPBACK } from './emulators/emulator.ts';

/** The port asked for, or for 0 any free one. Throws `ExitError` where somebody listens there. */
export async function freePort(port: number): Promise<number> {
  const server = createServer().listen(port, LOOPBACK);
  try {
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new ExitError(
      1,
      `port ${port} is taken: stop what listens there, or choose another: PORT=${port + 1} npm start`,
    );
  } finally {
    server.close();
  }
}
