import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import dynalite from 'dynalite';
import { type Emulator, LOOPBACK } from './emulator.ts';

/** DynamoDB on disk under `dataDir`, which no second process may use meanwhile; without it in memory. */
export async function startDynamodb({
  dataDir,
  port = 0,
}: {
  dataDir?: string | undefined;
  port?: number;
}): Promise<Emulator> {
  if (dataDir !== undefined) await mkdir(dataDir, { recursive: true });
  const server = dynalite({
    createTableMs: 0,
    updateTableMs: 0,
    deleteTableMs: 0,
    ...(dataDir === undefined ? {} : { path: dataDir }),
  });
  server.listen(port, LOOPBACK);
  await once(server, 'listening');
  return {
    endpoint: `http://${LOOPBACK}:${(server.address() as AddressInfo).port}`,
    async close() {
      const closed = new Promise<void>((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
      });
      server.closeAllConnections();
      await closed;
    },
  };
}
