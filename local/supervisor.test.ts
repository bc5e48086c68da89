import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { findLock } from './lock-file.ts';
import { standIns } from './stand-ins/commands.ts';
import { type SupervisorOptions, startSupervisor } from './supervisor.ts';

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function dataFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'iscoolgpt-'));
  cleanups.push(() => rm(folder, { recursive: true }));
  return folder;
}

async function start(options: Partial<SupervisorOptions> = {}) {
  const supervisor = await startSupervisor({
    env: { PATH: process.env.PATH },
    panel: [{ id: 'openai', model: 'gpt-5-mini' }],
    port: 0,
    commands: standIns,
    ...options,
  });
  cleanups.push(() => supervisor.stop('the test is over'));
  return supervisor;
}

interface Seen {
  pid: number;
  env: Record<string, string>;
}

async function ask(address: string): Promise<Seen> {
  return (await (await fetch(address)).json()) as Seen;
}

describe('the supervisor', () => {
  it('tells the API where the embedded services are, and no key of a provider', async () => {
    const env = { OPENAI_API_KEY: 'sk-1', HF_TOKEN: 'hf-1', AWS_PROFILE: 'mine', RATE_PER_MINUTE: '7' };
    const { address } = await start({ env: { ...env, PATH: process.env.PATH } });
    const seen = (await ask(address)).env;
    expect(seen).toMatchObject({
      RATE_PER_MINUTE: '7',
      HOST: '127.0.0.1',
      TABLE_NAME: 'jobs',
      PANEL: '[{"id":"openai","model":"gpt-5-mini"}]',
      AWS_ENDPOINT_URL_SQS: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    });
    for (const name of ['OPENAI_API_KEY', 'HF_TOKEN', 'AWS_PROFILE']) expect(seen).not.toHaveProperty(name);
  });

  it('keeps a terminal’s signals from its services: each leads a process group of its own', async () => {
    const { address } = await start();
    const { pid } = await ask(address);
    expect(() => process.kill(-pid, 0)).not.toThrow();
  });

  it('starts a service again that died', async () => {
    const { address } = await start();
    const before = await ask(address);
    await fetch(`${address}/exit`).catch(() => {});
    const after = await vi.waitFor(() => ask(address), { timeout: 10_000 });
    expect(after.pid).not.toBe(before.pid);
    expect(after.env.TABLE_NAME).toBe('jobs');
  });

  it('keeps a second one off its data folder, until it stops', async () => {
    const dataDir = await dataFolder();
    const first = await start({ dataDir });
    expect(await findLock(dataDir)).toEqual({ pid: process.pid, address: first.address });
    // Though its port is taken too: this says more.
    await expect(start({ dataDir, port: Number(new URL(first.address).port) })).rejects.toThrow(
      `already runs on ${dataDir} (process ${process.pid}, ${first.address})`,
    );
    await first.stop('the test wants it');
    expect(await findLock(dataDir)).toBeUndefined();
    await start({ dataDir });
  });

  it('says in one line that the port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    cleanups.push(async () => other.close());
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const said = `port ${port} is taken: stop what listens there, or choose another: PORT=${port + 1} npm start`;
    await expect(start({ port })).rejects.toThrow(expect.objectContaining({ message: said, exitCode: 1 }));
  });

  it('gives up where a service ends again and again', async () => {
    const env = { PATH: process.env.PATH, STAND_IN_EXIT: '3' };
    const said = 'the API ended 5 times soon after its start, at last with 3';
    await expect(start({ env })).rejects.toThrow(expect.objectContaining({ message: said, exitCode: 1 }));
  });

  it('gives up where a service says that its configuration is wrong, and leaves nothing behind', async () => {
    const dataDir = await dataFolder();
    const env = { PATH: process.env.PATH, STAND_IN_EXIT: '78' };
    await expect(start({ dataDir, env })).rejects.toThrow(
      expect.objectContaining({ message: 'the API cannot run with this configuration', exitCode: 78 }),
    );
    expect(await findLock(dataDir)).toBeUndefined();
  });
});
