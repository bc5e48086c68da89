import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { afterEach, expect, it } from 'vitest';

type Running = ChildProcessByStdio<null, Readable, null>;

const MAIN = join(import.meta.dirname, 'stand-ins/supervisor/main.ts');
const started: Running[] = [];
afterEach(() => {
  for (const running of started.splice(0)) running.kill('SIGKILL');
});

/** A supervisor in a process of its own, ready. */
async function startMain(env: Record<string, string> = {}): Promise<{ running: Running; address: string }> {
  const running = spawn(process.execPath, [MAIN], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env.PATH, ...env },
  });
  started.push(running);
  const [address] = (await once(createInterface(running.stdout), 'line')) as [string];
  return { running, address };
}

/** Its output is its children's too: it closes when the last of them is gone. */
async function untilAllGone(running: Running): Promise<number> {
  const began = performance.now();
  await once(running, 'close');
  return performance.now() - began;
}

it.each(['SIGINT', 'SIGTERM'] as const)('stops everything within three seconds on %s', async (signal) => {
  const { running, address } = await startMain();
  running.kill(signal);
  expect(await untilAllGone(running), 'milliseconds until all were gone').toBeLessThan(3000);
  expect(running.exitCode).toBe(0);
  await expect(fetch(address)).rejects.toThrow();
});

it('takes two signals close together, as from a terminal and npm, for one', async () => {
  const { running } = await startMain();
  running.kill('SIGINT');
  running.kill('SIGTERM');
  await untilAllGone(running);
  expect(running.exitCode).toBe(0);
});

it('kills a service that does not stop', async () => {
  const { running } = await startMain({ STAND_IN_STUCK: '1' });
  running.kill('SIGTERM');
  expect(await untilAllGone(running), 'milliseconds until all were gone').toBeLessThan(3500);
  expect(running.exitCode).toBe(0);
});

it('leaves no service behind when it is killed itself', async () => {
  const { running, address } = await startMain();
  running.kill('SIGKILL');
  expect(await untilAllGone(running), 'milliseconds until all were gone').toBeLessThan(3000);
  await expect(fetch(address)).rejects.toThrow();
});
