import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { acquireLock, findLock } from './lock-file.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'iscoolgpt-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
  await once(child, 'exit');
  return child.pid as number;
}

it('names the process and the address, until it is released', async () => {
  const lock = await acquireLock(folder, 'http://127.0.0.1:1');
  expect(JSON.parse(await readFile(join(folder, 'lock.json'), 'utf8'))).toEqual({
    pid: process.pid,
    address: 'http://127.0.0.1:1',
  });
  await lock.release();
  expect(await findLock(folder)).toBeUndefined();
});

it('says who holds it, and what to do', async () => {
  await acquireLock(folder, 'http://127.0.0.1:1');
  const said = `(process ${process.pid}, http://127.0.0.1:1): use that one or stop it; if it is long gone, delete`;
  await expect(acquireLock(folder, 'http://127.0.0.1:2')).rejects.toThrow(said);
});

it.each(['a dead process', 'half a line'])('is taken over from %s', async (holder) => {
  const dead = `{"pid":${await deadPid()},"address":"http://127.0.0.1:1"}\n`;
  await writeFile(join(folder, 'lock.json'), holder === 'half a line' ? dead.slice(0, 9) : dead);
  expect(await findLock(folder)).toBeUndefined();
  await acquireLock(folder, 'http://127.0.0.1:2');
  expect(await findLock(folder)).toEqual({ pid: process.pid, address: 'http://127.0.0.1:2' });
});

it('is given to one of many who ask at once', async () => {
  const asked = Array.from({ length: 8 }, () => acquireLock(folder, 'http://127.0.0.1:1'));
  const got = (await Promise.allSettled(asked)).filter(({ status }) => status === 'fulfilled');
  expect(got).toHaveLength(1);
});
