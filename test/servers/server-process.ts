import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { SERVERS_DIR } from './install.ts';

const READY_TIMEOUT_MS = 120_000;
const READY_PAUSE_MS = 100;

/**
 * Becomes the server, and leaves beside it somebody who reads the pipe from the process that started it: its end is
 * the end of that process, whatever ended it, and so of the server.
 */
const GUARDED =
  'exec 3<&0; (cat <&3 >/dev/null; kill -KILL $$) 2>/dev/null & exec 3<&-; exec "$@" </dev/null';

export interface ServerCommand {
  name: string;
  program: string;
  args: readonly string[];
  endpoint: string;
  /** A real request: rejects as long as the server does not answer it. */
  ask: () => Promise<unknown>;
}

export interface RunningServer {
  endpoint: string;
  pid: number;
  stop(): Promise<void>;
}

function isAlive({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode === null && signalCode === null;
}

async function stop(child: ChildProcess): Promise<void> {
  if (!isAlive(child)) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}

async function becomeReady(child: ChildProcess, { name, ask }: ServerCommand, log: string): Promise<void> {
  const giveUpAt = performance.now() + READY_TIMEOUT_MS;
  let last: unknown;
  while (isAlive(child) && performance.now() < giveUpAt) {
    try {
      await ask();
      return;
    } catch (error) {
      last = error;
    }
    await pause(READY_PAUSE_MS);
  }
  const how = isAlive(child) ? `did not answer: ${last}` : `ended with ${child.exitCode ?? child.signalCode}`;
  await stop(child);
  throw new Error(`${name} ${how}; what it wrote is in ${log}`);
}

/** Starts a server and waits until it answers. It keeps nothing: stopping it is killing it. */
export async function startServer(command: ServerCommand): Promise<RunningServer> {
  const { name, program, args, endpoint } = command;
  await mkdir(SERVERS_DIR, { recursive: true });
  const log = join(SERVERS_DIR, `${name}.log`);
  // One that still runs goes on writing to the file that it has, which then has no name.
  await rm(log, { force: true });
  const output = await open(log, 'w');
  const child = spawn('sh', ['-c', GUARDED, name, program, ...args], {
    stdio: ['pipe', output.fd, output.fd],
    cwd: SERVERS_DIR,
  });
  await once(child, 'spawn');
  await output.close();
  await becomeReady(child, command, log);
  return { endpoint, pid: child.pid as number, stop: () => stop(child) };
}
