import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createClient } from '../../api/client.ts';
import { startFakeProviders } from '../fake-providers/server.ts';
import { startSupervisor } from '../supervisor.ts';

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'iscoolgpt-'));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

interface Command {
  child: ChildProcess;
  written: { out: string; err: string };
  exit: Promise<number | null>;
}

const start = (...args: string[]): Command => startWith({}, ...args);

function startWith(env: Record<string, string>, ...args: string[]): Command {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), ...args], {
    env: { PATH: process.env.PATH, DATA_DIR: dataDir, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const written = { out: '', err: '' };
  child.stdout?.on('data', (chunk: Buffer) => {
    written.out += chunk.toString();
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    written.err += chunk.toString();
  });
  return { child, written, exit: once(child, 'close').then(([code]) => code as number | null) };
}

it('starts a server of its own where none runs, and leaves nothing of it', async () => {
  const { written, exit } = start('ask', 'What is a VPC endpoint?', '--json');
  expect(await exit, written.err).toBe(0);
  expect(JSON.parse(written.out)).toMatchObject({ status: 'succeeded', simulated: true });
  expect(written.err).toBe('');
});

it('joins the server that runs here, and cancels there what Ctrl-C interrupts', async () => {
  const providers = await startFakeProviders();
  const supervisor = await startSupervisor({
    env: { PATH: process.env.PATH, OPENAI_API_KEY: 'sk-test', OPENAI_BASE_URL: providers.baseUrl('openai') },
    panel: [{ id: 'openai', model: 'gpt-5-mini' }],
    port: 0,
    dataDir,
  });
  try {
    providers.script('openai', [{ delivery: 'hang' }]);
    const { child, written, exit } = start('ask', 'What is EC2?');
    await providers.nextCall('openai');
    child.kill('SIGINT');
    expect(await exit, written.err).toBe(130);
    const { jobs } = await createClient({ baseUrl: supervisor.address }).list();
    expect(jobs.map(({ question, status }) => [question, status])).toEqual([['What is EC2?', 'canceled']]);
    expect(written.err).toContain(`Canceled job ${jobs[0]?.id}.`);
  } finally {
    await supervisor.stop('the test is over');
    await providers.close();
  }
});

it.each([
  ['a setting of the panel', { PANEL: 'nonsense' }, 'PANEL: must be JSON'],
  ['a setting of a service', { QUORUM: '99' }, 'the API cannot run with this configuration'],
])('says in the form asked for that it cannot start a server: %s', async (_what, env, problem) => {
  const [plain, json] = [
    startWith(env, 'ask', 'What is S3?'),
    startWith(env, 'ask', 'What is S3?', '--json'),
  ];
  expect(await plain.exit, plain.written.err).toBe(2);
  expect(plain.written.err).toContain(problem);
  expect(plain.written.err).not.toContain('    at ');
  expect(plain.written.out).toBe('');
  expect(await json.exit, json.written.err).toBe(2);
  const { error } = JSON.parse(json.written.out) as { error: { code: string; message: string } };
  expect(error).toEqual({ code: 'configuration', message: expect.stringContaining(problem) });
});
