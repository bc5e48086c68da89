import type { AddressInfo } from 'node:net';
import { type ServerType, serve } from '@hono/node-server';
import { Hono } from 'hono';
import type { Meters } from './meters.ts';
import type { ServiceName } from './metric-table.ts';

export interface SideServer {
  port: number;
  close(): Promise<void>;
}

/** `/metrics` in Prometheus' text format. */
export function createMetricsApp(meters: Meters<ServiceName>): Hono {
  const app = new Hono();
  app.get('/metrics', async (c) => {
    const { contentType, body } = await meters.render();
    return c.body(body, 200, { 'content-type': contentType });
  });
  return app;
}

/** Serves, on a port of its own, what is for those who run the service. Rejects with the error of `listen`. */
export async function startSideServer(app: Hono, host: string, port: number): Promise<SideServer> {
  const { promise, resolve, reject } = Promise.withResolvers<AddressInfo>();
  // The process beside it, which calls providers, keeps Node's own Request and Response.
  const options = { fetch: app.fetch, hostname: host, port, overrideGlobalObjects: false };
  const server: ServerType = serve(options, resolve);
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
