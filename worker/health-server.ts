import type { AddressInfo } from 'node:net';
import { type ServerType, serve } from '@hono/node-server';
import { Hono } from 'hono';
import type { WorkerMetrics } from './metrics.ts';

export interface HealthServer {
  port: number;
  close(): Promise<void>;
}

/** `/health`: the process runs. `/ready`: it takes jobs. `/metrics`: Prometheus' text. */
export function createHealthApp(deps: { isReady: () => boolean; metrics: WorkerMetrics }): Hono {
  const app = new Hono();
  app.get('/health', (c) => c.json({ status: 'ok' }));
  app.get('/ready', (c) => {
    const ready = deps.isReady();
    return c.json({ status: ready ? 'ready' : 'not_ready' }, ready ? 200 : 503);
  });
  app.get('/metrics', async (c) => {
    const { contentType, body } = await deps.metrics.render();
    return c.body(body, 200, { 'content-type': contentType });
  });
  return app;
}

/** Rejects with the error of `listen`, `EADDRINUSE` among them. */
export async function startHealthServer(app: Hono, host: string, port: number): Promise<HealthServer> {
  const { promise, resolve, reject } = Promise.withResolvers<AddressInfo>();
  const server: ServerType = serve({ fetch: app.fetch, hostname: host, port }, resolve);
  server.once('error', reject);
  const address = await promise;
  return {
    port: address.port,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
}
