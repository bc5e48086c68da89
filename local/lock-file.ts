import { link, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
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

/** Undefined where there is no such file. */
async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** The lock of a supervisor that runs; undefined where there is none, or a dead one left it. */
export async function findLock(dataDir: string): Promise<Lock | undefined> {
  return livingLock((await readIfThere(lockPath(dataDir))) ?? '');
}

/** A supervisor that died while it wrote leaves half a line: that is no lock. */
function livingLock(text: string): Lock | undefined {
  const [, pid, address] = /^\{"pid":(\d+),"address":"([^"]+)"\}\n$/.exec(text) ?? [];
  return pid && address && isRunning(Number(pid)) ? { pid: Number(pid), address } : undefined;
}

/** Moves a dead process's lock to `to`, and puts back what turns out to be of one that was quicker. */
async function moveDead(path: string, to: string): Promise<void> {
  await rename(path, to);
  if (livingLock(await readFile(to, 'utf8'))) await link(to, path);
}

/** Takes the folder for this process. Two on one folder would destroy the table: the second one is told so. */
export async function acquireLock(dataDir: string, address: string): Promise<HeldLock> {
  const path = lockPath(dataDir);
  await mkdir(dataDir, { recursive: true });
  const found = await readIfThere(path);
  const other = livingLock(found ?? '');
  const own = await mkdtemp(join(dataDir, 'lock-'));
  try {
    const written = join(own, 'lock.json');
    await writeFile(written, `${JSON.stringify({ pid: process.pid, address })}\n`);
    if (found !== undefined && !other) await moveDead(path, join(own, 'dead.json'));
    // It appears as a whole, and only where none is.
    await link(written, path);
  } catch (error) {
    if (!['EEXIST', 'ENOENT'].includes(String((error as NodeJS.ErrnoException).code))) throw error;
    const where = other ? ` (process ${other.pid}, ${other.address})` : '';
    throw new ExitError(
      1,
      `IsCoolGPT already runs on ${dataDir}${where}: use that one or stop it; if it is long gone, delete ${path}`,
    );
  } finally {
    await rm(own, { recursive: true });
  }
  return { release: () => rm(path, { force: true }) };
}
