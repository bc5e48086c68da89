import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../support/child.ts';
import { MissingError } from './missing.ts';

/** Where what is installed, and what the servers write, is kept. */
export const SERVERS_DIR = join(ROOT, '.data/servers');
/** For one call of a package manager. */
export const INSTALL_TIMEOUT_MS = 600_000;

/**
 * The folder of something that is named with its version; filled where it is not there yet. It appears whole or not
 * at all, also where two processes install at once. Rejects with `MissingError` where it cannot be had.
 */
export async function installOnce(name: string, fill: (folder: string) => Promise<void>): Promise<string> {
  const folder = join(SERVERS_DIR, name);
  if (existsSync(folder)) return folder;
  await mkdir(SERVERS_DIR, { recursive: true });
  const unfinished = await mkdtemp(`${folder}.unfinished-`);
  try {
    await fill(unfinished);
    await rename(unfinished, folder);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    if (error instanceof MissingError) throw error;
    if (!existsSync(folder)) throw new MissingError(`${name} could not be installed: ${error}`);
  }
  return folder;
}
