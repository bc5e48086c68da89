import { expect, it } from 'vitest';
import { startSideServer } from '../shared/telemetry/side-server.ts';
import { createHealthApp } from './health-server.ts';
import { createWorkerMeters } from './metrics.ts';

it('says that it lives, whether it takes jobs, and what it counted', async () => {
  let ready = false;
  const meters = createWorkerMeters({ busySlots: () => 3, slots: 20, providers: () => [] });
  meters.count('iscoolgpt_jobs_ended_total', { status: 'succeeded', degraded: 'false' });
  meters.observe('iscoolgpt_provider_call_seconds', { provider: 'openai', outcome: 'ok' }, 0.25);
  const server = await startSideServer(createHealthApp({ isReady: () => ready, meters }), '127.0.0.1', 0);
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
  const meters = createWorkerMeters({ busySlots: () => 0, slots: 1, providers: () => [] });
  const app = createHealthApp({ isReady: () => true, meters });
  const first = await startSideServer(app, '127.0.0.1', 0);
  await expect(startSideServer(app, '127.0.0.1', first.port)).rejects.toMatchObject({ code: 'EADDRINUSE' });
  await first.close();
});
