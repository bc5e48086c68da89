import { Hono } from 'hono';
import { createMetricsApp } from '../shared/telemetry/side-server.ts';
import type { WorkerMeters } from './metrics.ts';

/** `/health`: the process runs. `/ready`: it takes jobs. `/metrics`: Prometheus' text. */
export function createHealthApp(deps: { isReady: () => boolean; meters: WorkerMeters }): Hono {
  const app = new Hono();
  app.get('/health', (c) => c.json({ status: 'ok' }));
  app.get('/ready', (c) => {
    const ready = deps.isReady();
    return c.json({ status: ready ? 'ready' : 'not_ready' }, ready ? 200 : 503);
  });
  return app.route('/', createMetricsApp(deps.meters));
}
