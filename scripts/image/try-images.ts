import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { awsEnv } from '../../local/aws-env.ts';
import { startEmbeddedAws } from '../../local/emulators/embedded-aws.ts';
import { findFreePort } from '../../local/free-port.ts';
import type { Env } from '../../shared/config/env-reader.ts';

const RUN_IMAGE = join(import.meta.dirname, 'run-image.sh');
const HEALTH_CHECK = join(import.meta.dirname, 'health-check.mjs');
const QUESTIONS = 10;
const DRAIN_SECONDS = 30;
const PANEL = JSON.stringify(['a', 'b', 'c'].map((id) => ({ id: `simulated-${id}`, model: id })));
const AUTHORIZATION = { authorization: 'Bearer try-images' };
/** SHA-256 of the key above. */
const KEY_HASH = Buffer.from(
  await crypto.subtle.digest('SHA-256', new TextEncoder().encode('try-images')),
).toString('hex');

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function startImage(service: 'api' | 'worker', env: Env): ChildProcess {
  const child = spawn(RUN_IMAGE, [`localhost/iscoolgpt-${service}`], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child.stdout?.on('data', (chunk: Buffer) => {
    if (/"level":"(warn|error|fatal)"/.test(chunk.toString())) process.stderr.write(chunk);
  });
  return child;
}

/** Sends SIGTERM; resolves with how long the service took to end, in milliseconds. Rejects where it ended badly. */
async function stopImage(service: string, child: ChildProcess): Promise<number> {
  const startedAt = performance.now();
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
  if (child.exitCode !== 0)
    throw new Error(`the ${service} ended with ${child.exitCode ?? child.signalCode}`);
  return Math.round(performance.now() - startedAt);
}

/** Asks as the image's own health check does, until it is content. */
async function healthy(port: number): Promise<void> {
  for (let tries = 0; tries < 60; tries += 1) {
    const check = spawn(process.execPath, [HEALTH_CHECK, String(port)], { stdio: 'ignore' });
    const [code] = (await once(check, 'exit')) as [number];
    if (code === 0) return;
    await sleep(500);
  }
  throw new Error(`nothing is healthy on port ${port}`);
}

async function submit(address: string, number: number): Promise<string> {
  const response = await fetch(`${address}/v1/jobs`, {
    method: 'POST',
    headers: { ...AUTHORIZATION, 'content-type': 'application/json' },
    body: JSON.stringify({ question: `What is a virtual private cloud, in ${number + 3} words?` }),
  });
  const { id } = (await response.json()) as { id?: string };
  if (!id) throw new Error(`the API answered ${response.status}`);
  return id;
}

async function endOf(address: string, id: string): Promise<string> {
  for (let tries = 0; tries < 240; tries += 1) {
    const response = await fetch(`${address}/v1/jobs/${id}`, { headers: AUTHORIZATION });
    const { status, done } = (await response.json()) as { status: string; done: boolean };
    if (done) return status;
    await sleep(250);
  }
  throw new Error(`job ${id} did not end`);
}

async function tryImages(): Promise<void> {
  await using aws = await startEmbeddedAws().then((embedded) => ({
    ...embedded,
    [Symbol.asyncDispose]: () => embedded.close(),
  }));
  const [port, metricsPort] = [await findFreePort(), await findFreePort()];
  const address = `http://127.0.0.1:${port}`;
  const common: Env = {
    APP_ENV: 'staging',
    HOST: '127.0.0.1',
    ...awsEnv(aws.aws),
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    PANEL,
    SIMULATED: JSON.stringify({ latency_ms: { min: 1500, max: 2500 } }),
    POLL_SECONDS: '1',
    DRAIN_SECONDS: String(DRAIN_SECONDS),
    PORT: String(port),
    METRICS_PORT: String(metricsPort),
    API_KEYS: JSON.stringify([{ client: 'try-images', sha256: KEY_HASH }]),
  };
  const api = startImage('api', common);
  const worker = startImage('worker', common);
  try {
    await Promise.all([healthy(port), healthy(metricsPort)]);
    say(
      'api and worker run from their images, read-only and as a numeric user; both health checks are content',
    );
    const ids = await Promise.all(Array.from({ length: QUESTIONS }, (_, number) => submit(address, number)));
    await sleep(1200);
    const drainMs = await stopImage('worker', worker);
    if (drainMs > DRAIN_SECONDS * 1000) throw new Error(`the worker's drain took ${drainMs} ms`);
    const ends = await Promise.all(ids.map((id) => endOf(address, id)));
    const succeeded = ends.filter((status) => status === 'succeeded').length;
    say(
      `worker: ended ${drainMs} ms after SIGTERM; ${succeeded} of ${QUESTIONS} jobs that it held succeeded`,
    );
    if (succeeded < QUESTIONS) throw new Error(`the jobs ended as ${ends.join(', ')}`);
    say(`api: ended ${await stopImage('api', api)} ms after SIGTERM`);
  } finally {
    for (const child of [api, worker]) if (child.exitCode === null) child.kill('SIGTERM');
  }
}

await tryImages();
