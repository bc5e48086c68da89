import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startFakeProviders } from '../local/fake-providers/server.ts';
import { startSupervisor } from '../local/supervisor.ts';
import { ApiClient } from './support/api-client.ts';

it('jobs survive a restart of everything, and what was under way runs on', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'iscoolgpt-'));
  const providers = await startFakeProviders();
  const start = () =>
    startSupervisor({
      env: {
        PATH: process.env.PATH,
        OPENAI_API_KEY: 'sk-test',
        OPENAI_BASE_URL: providers.baseUrl('openai'),
        VISIBILITY_SECONDS: '3',
        // Whatever the worker has under way when it is stopped goes back to the queue, which is lost.
        DRAIN_SECONDS: '0',
      },
      panel: [{ id: 'openai', model: 'gpt-5-mini' }],
      port: 0,
      dataDir,
    });
  try {
    const first = await start();
    const before = new ApiClient(first.address);
    const ended = await before.end((await before.ask({ question: 'What is S3?', cache: false })).id);
    providers.script('openai', [{ delivery: 'hang' }]);
    const { id } = await before.ask({ question: 'What is EC2?', cache: false });
    await providers.nextCall('openai');
    await providers.nextCall('openai');
    await first.stop('test');

    const second = await start();
    const after = new ApiClient(second.address);
    expect(await after.job(ended.id)).toMatchObject({ status: 'succeeded', answer: ended.answer });
    const job = await after.end(id);
    expect(job).toMatchObject({ status: 'succeeded' });
    expect(job.providers).toMatchObject([{ id: 'openai', attempts: 2 }]);
    await second.stop('test');
  } finally {
    await providers.close();
    await rm(dataDir, { recursive: true, force: true });
  }
});
