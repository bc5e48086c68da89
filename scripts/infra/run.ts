import { spawn } from 'node:child_process';
import type { Env } from '../../shared/config/env-reader.ts';

/** Of what a failed program wrote to its output; its errors are told whole. */
const TOLD_CHARACTERS = 3000;

export interface RunOptions {
  cwd: string;
  env: Env;
  timeoutMs: number;
  /** Exit codes that are no error; 0 alone where absent. */
  accept?: readonly number[];
}

export interface RunResult {
  code: number;
  output: string;
}

/** Runs a program to its end. Rejects, with all that it wrote, on another exit code or when the time is over. */
export async function run(command: string, args: readonly string[], options: RunOptions): Promise<RunResult> {
  const { promise, resolve, reject } = Promise.withResolvers<number | null>();
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: { ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: options.timeoutMs,
    killSignal: 'SIGINT',
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  child.once('error', reject);
  child.once('close', resolve);
  const code = await promise;
  if (code !== null && (options.accept ?? [0]).includes(code)) return { code, output: stdout };
  const why = code === null ? `was ended by ${child.signalCode}` : `ended with ${code}`;
  throw new Error(
    `${command} ${args.join(' ')} ${why} (in ${options.cwd}):\n${stdout.slice(-TOLD_CHARACTERS)}\n${stderr}`,
  );
}
