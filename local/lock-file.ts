import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ExitError } from '../shared/run-service.ts';

/** Who uses a data folder: a command line that finds it asks the server at `address`. */
export interface Lock {
  pid: number;
  address: string;
}

export interface HeldLock {
  release(): Promise<void>;
}

const lockPath = (dataDir: string): string => join(dataDir, 'lock.json');

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It runs, as somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The lock of a supervisor that runs; undefined where there is none, or a dead one left it. */
export async function findLock(dataDir: string): Promise<Lock | undefined> {
  let text: string;
  try {
    text = await readFile(lockPath(dataDir), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  const lock = parseLock(text);
  return lock && isRunning(lock.pid) ? lock : undefined;
}

/** A supervisor that died while it wrote leaves half a line: that is no lock. */
function parseLock(text: string): Lock | undefined {
  const [, pid, address] = /^\{"pid":(\d+),"address":"([^"]+)"\}\n$/.exec(text) ?? [];
  return pid && address ? { pid: Number(pid), address } : undefined;
}

/** Takes the folder for this process. Two on one folder would destroy the table: the second one is told so. */
export async function acquireLock(dataDir: string, address: string): Promise<HeldLock> {
  const path = lockPath(dataDir);
  const lock: Lock = { pid: process.pid, address };
  await mkdir(dataDir, { recursive: true });
  const other = await findLock(dataDir);
  if (!other) await rm(path, { force: true });
  try {
    await writeFile(path, `${JSON.stringify(lock)}\n`, { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const where = other ? ` (process ${other.pid}, ${other.address})` : '';
    throw new ExitError(
      1,
      `IsCoolGPT already runs on ${dataDir}${where}: use that one or stop it; if it is long gone, delete ${path}`,
    );
  }
  return { release: () => rm(path, { force: true }) };
}
