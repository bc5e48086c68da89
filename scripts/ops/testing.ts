import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { awsEnv } from '../../local/aws-env.ts';
import { systemClock } from '../../shared/adapters/system/system-clock.ts';
import type { AwsConfig } from '../../shared/config/common.ts';
import type { Env } from '../../shared/config/env-reader.ts';
import type { Report } from './context.ts';
import { readInvocation } from './parse-args.ts';
import type { RedriveOptions } from './redrive.ts';
import { runOps } from './run-ops.ts';

/** The names by which the environment says where a stack is. */
export function envOf(aws: AwsConfig): Env {
  return { PATH: process.env.PATH, ...awsEnv(aws) };
}

export interface Typing {
  env: Env;
  confirm?: RedriveOptions['confirm'];
  terraformDir?: string;
  dataDir?: string;
}

/** What `npm run ops --` with these words comes to. */
export function ops(words: string, typing: Typing): Promise<Report> {
  const {
    env,
    confirm = () => Promise.resolve(undefined),
    terraformDir = '/nowhere',
    dataDir = '/nowhere',
  } = typing;
  return runOps(readInvocation(words.split(' ')), {
    env,
    clock: systemClock,
    terraformDir,
    dataDir,
    confirm,
  });
}

/** The same in a process of its own, as it is typed. */
export async function typed(env: Env, ...args: string[]) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), ...args], {
    env: { ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { out, err, code };
}
