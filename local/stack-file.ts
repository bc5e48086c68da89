import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AwsConfig } from '../shared/config/common.ts';
import type { Env } from '../shared/config/env-reader.ts';
import { awsEnv } from './aws-env.ts';
import { findLock } from './lock-file.ts';

const stackPath = (dataDir: string): string => join(dataDir, 'stack.json');

/** Writes down, under the names that the services read, where queue and table of a running supervisor are. */
export async function writeStackFile(dataDir: string, aws: AwsConfig): Promise<{ remove(): Promise<void> }> {
  await writeFile(stackPath(dataDir), `${JSON.stringify(awsEnv(aws))}\n`);
  return { remove: () => rm(stackPath(dataDir), { force: true }) };
}

/** What was written by the supervisor that runs on `dataDir`; undefined where none runs, or is not up yet. */
export async function readStackFile(dataDir: string): Promise<Env | undefined> {
  if (!(await findLock(dataDir))) return undefined;
  try {
    return JSON.parse(await readFile(stackPath(dataDir), 'utf8')) as Env;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
