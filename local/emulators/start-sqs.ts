import { buildApp } from 'fauxqs';
import { type Emulator, LOOPBACK } from './emulator.ts';

/** SQS in this process's memory. What it holds at a restart is lost: the sweeper sends every open job again. */
export async function startSqs(port = 0): Promise<Emulator> {
  const app = buildApp({ logger: false });
  const endpoint = await app.listen({ host: LOOPBACK, port });
  return {
    endpoint,
    async close() {
      const closed = app.close();
      // Parked polls and idle connections would keep it open.
      app.server.closeAllConnections();
      await closed;
    },
  };
}
