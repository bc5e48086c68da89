import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Env } from '../shared/config/env-reader.ts';
import type { PanelMember } from '../shared/job/record.ts';
import { ExitError, type Service } from '../shared/run-service.ts';
import { type ChildEnvs, childEnvs } from './child-env.ts';
import { startEmbeddedAws } from './emulators/embedded-aws.ts';
import { LOOPBACK } from './emulators/emulator.ts';
import { assertPortFree, findFreePort } from './free-port.ts';
import { acquireLock } from './lock-file.ts';
import { writeStackFile } from './stack-file.ts';
import { type ChildCommand, SupervisedChild } from './supervised-child.ts';

/** Two seconds of drain, and a little to say goodbye. */
const STOP_GRACE_MS = 2500;
const READY_TIMEOUT_MS = 30_000;
const READY_INTERVAL_MS = 50;

const ROOT = join(import.meta.dirname, '..');

export interface SupervisorOptions {
  /** Passed on to both services, but for what the embedded stack itself sets. */
  env: Env;
  panel: PanelMember[];
  /** The API's; 0: a free one. */
  port: number;
  /** Where the table and the lock are kept; without it everything is in memory and nothing is locked. */
  dataDir?: string | undefined;
  /** What to run; the API must answer GET /ready at its PORT. */
  commands?: (envs: ChildEnvs) => ChildCommand[];
}

export interface Supervisor extends Service {
  address: string;
  failed: Promise<never>;
}

function services(envs: ChildEnvs): ChildCommand[] {
  return [
    { name: 'API', args: [join(ROOT, 'api/main.ts')], env: envs.api },
    { name: 'worker', args: [join(ROOT, 'worker/main.ts')], env: envs.worker },
  ];
}

/** Undoes what was started, last things first, even where one of them fails. */
class Undo {
  readonly #steps: (() => Promise<void>)[] = [];

  add(step: () => Promise<void>): void {
    this.#steps.unshift(step);
  }

  async run(): Promise<void> {
    for (const step of this.#steps.splice(0)) await step();
  }
}

async function untilReady(address: string, signal: AbortSignal): Promise<void> {
  let last = 'no answer';
  for (const until = performance.now() + READY_TIMEOUT_MS; performance.now() < until; ) {
    try {
      const { ok, status } = await fetch(`${address}/ready`, {
        signal: AbortSignal.any([signal, AbortSignal.timeout(2000)]),
      });
      if (ok) return;
      last = `status ${status}`;
    } catch (error) {
      last = (error as Error).message;
    }
    await wait(READY_INTERVAL_MS, undefined, { signal });
  }
  throw new ExitError(1, `the API at ${address} did not become ready: ${last}; LOG_LEVEL=info tells more`);
}

async function readyOrFailed(address: string, failed: Promise<never>): Promise<void> {
  const waiting = new AbortController();
  const ready = untilReady(address, waiting.signal);
  try {
    await Promise.race([ready, failed]);
  } finally {
    waiting.abort();
    await ready.catch(() => {});
  }
}

/**
 * Runs everything on this machine, reachable from this machine only: SQS and DynamoDB in this process,
 * API and worker as its children. Resolves once the API is ready; rejects with `ExitError` where it cannot be.
 */
export async function startSupervisor(options: SupervisorOptions): Promise<Supervisor> {
  const { env, panel, dataDir, commands = services } = options;
  const undo = new Undo();
  try {
    const port = options.port || (await findFreePort());
    const address = `http://${LOOPBACK}:${port}`;
    if (dataDir !== undefined) undo.add((await acquireLock(dataDir, address)).release);
    await assertPortFree(port);
    const embedded = await startEmbeddedAws(
      dataDir === undefined ? {} : { dataDir: join(dataDir, 'dynamodb') },
    );
    undo.add(embedded.close);
    if (dataDir !== undefined) undo.add((await writeStackFile(dataDir, embedded.aws)).remove);
    const envs = childEnvs(env, { aws: embedded.aws, panel, port });
    const children = commands(envs).map((command) => new SupervisedChild(command));
    undo.add(async () => {
      await Promise.all(children.map((child) => child.stop(STOP_GRACE_MS)));
    });
    const failed = Promise.race(children.map((child) => child.failed));
    await readyOrFailed(address, failed);
    return { address, failed, stop: () => undo.run() };
  } catch (error) {
    await undo.run();
    throw error;
  }
}
