import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { findFreePort } from '../../local/free-port.ts';

const TRIES = 200;
const PAUSE_MS = 50;

export interface RedisServer extends AsyncDisposable {
  port: number;
  pid: number;
}

async function accepts(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/** `redis-server` from the PATH, in memory on 127.0.0.1; undefined where there is none. */
export async function startRedis(): Promise<RedisServer | undefined> {
  const port = await findFreePort();
  const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const child = spawn('redis-server', options, { stdio: 'ignore' });
  const failed = once(child, 'error').then(() => 'missing' as const);
  const spawned = once(child, 'spawn').then(() => 'spawned' as const);
  if ((await Promise.race([failed, spawned])) === 'missing') return undefined;
  const exited = once(child, 'exit');
  const stop = async () => {
    child.kill('SIGKILL');
    await exited;
  };
  process.once('exit', () => child.kill('SIGKILL'));
  for (let tries = 0; tries < TRIES; tries += 1) {
    if (await accepts(port)) return { port, pid: child.pid as number, [Symbol.asyncDispose]: stop };
    await sleep(PAUSE_MS);
  }
  await stop();
  throw new Error('redis-server does not answer');
}
