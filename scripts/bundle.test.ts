import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startSupervisor } from '../local/supervisor.ts';
import { OtlpCollector } from '../shared/telemetry/testing/otlp-collector.ts';
import { bundle } from './bundle.ts';

let outdir: string;
beforeAll(async () => {
  // Outside of the project: nothing of its node_modules can be found from there.
  outdir = await mkdtemp(join(tmpdir(), 'iscoolgpt-dist-'));
  await bundle(outdir);
});
afterAll(() => rm(outdir, { recursive: true, force: true }));

it('starts, answers a question, serves its page and its documentation, and sends its traces', async () => {
  await using collector = await OtlpCollector.start();
  const supervisor = await startSupervisor({
    env: { PATH: process.env.PATH, OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint },
    panel: [{ id: 'simulated-a', model: 'simulated/a' }],
    port: 0,
    commands: ({ api, worker }) => [
      { name: 'API', args: [join(outdir, 'api.js')], env: api },
      { name: 'worker', args: [join(outdir, 'worker.js')], env: worker },
    ],
  });
  try {
    const answered = await fetch(`${supervisor.address}/v1/jobs`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', prefer: 'wait=15' },
      body: JSON.stringify({ question: 'What is a VPC endpoint?' }),
    });
    expect(await answered.json()).toMatchObject({ status: 'succeeded', simulated: true });
    for (const path of ['/status', '/docs']) {
      const page = await (await fetch(`${supervisor.address}${path}`)).text();
      const [, script] = /src="([^"]*(?:main-\w+|swagger-ui-bundle)\.js)"/.exec(page) ?? [];
      const served = await fetch(new URL(script ?? 'missing', `${supervisor.address}${path}`));
      expect([path, script, served.status]).toEqual([path, expect.any(String), 200]);
      expect((await served.text()).length).toBeGreaterThan(50_000);
    }
  } finally {
    await supervisor.stop('the test is over');
  }
  expect(new Set(collector.spans.map(({ service }) => service))).toEqual(
    new Set(['iscoolgpt-api', 'iscoolgpt-worker']),
  );
});

it.each([
  'api',
  'worker',
])('refuses to start the %s without a configuration, and says what is missing', async (name) => {
  const child = spawn(process.execPath, [join(outdir, `${name}.js`)], {
    env: { PATH: process.env.PATH },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  expect(code).toBe(78);
  expect(said).toMatch(/QUEUE_URL: is missing.*\n(.*\n)*.*PANEL: is missing/);
});
