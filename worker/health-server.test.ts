import { expect, it } from 'vitest';
import { createHealthApp, startHealthServer } from './health-server.ts';
import { WorkerMetrics } from './metrics.ts';

it('says that it lives, whether it takes jobs, and what it counted', async () => {
  let ready = false;
  const metrics = new WorkerMetrics({ busySlots: () => 3, slots: 20, providers: () => [] });
  metrics.countJob('succeeded', false);
  metrics.countCall('openai', 'ok', 250);
  const server = await startHealthServer(createHealthApp({ isReady: () => ready, metrics }), '127.0.0.1', 0);
  const get = (path: string) => fetch(`http://127.0.0.1:${server.port}${path}`);
  expect((await get('/health')).status).toBe(200);
  expect((await get('/ready')).status).toBe(503);
  ready = true;
  expect((await get('/ready')).status).toBe(200);
  const text = await (await get('/metrics')).text();
  expect(text).toContain('iscoolgpt_jobs_ended_total{status="succeeded",degraded="false"} 1');
  expect(text).toContain('iscoolgpt_provider_call_seconds_count{provider="openai",outcome="ok"} 1');
  expect(text).toContain('iscoolgpt_slots_busy 3');
  await server.close();
  await expect(get('/health')).rejects.toThrow();
});

it('rejects with the error of listen where the port is taken', async () => {
  const metrics = new WorkerMetrics({ busySlots: () => 0, slots: 1, providers: () => [] });
  const app = createHealthApp({ isReady: () => true, metrics });
  const first = await startHealthServer(app, '127.0.0.1', 0);
  await expect(startHealthServer(app, '127.0.0.1', first.port)).rejects.toMatchObject({ code: 'EADDRINUSE' });
  await first.close();
});
