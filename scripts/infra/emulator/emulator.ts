import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { findFreePort } from '../../../local/free-port.ts';
import type { Env } from '../../../shared/config/env-reader.ts';
import { toolsDir } from '../tools.ts';

const READY_TRIES = 240;
const READY_PAUSE_MS = 250;

/** The account that the emulator plays. */
export const ACCOUNT_ID = '123456789012';

/** AWS, played by moto on loopback. Its state is gone with it. */
export class Emulator {
  readonly endpoint: string;
  readonly #process: ChildProcess;

  private constructor(endpoint: string, child: ChildProcess) {
    this.endpoint = endpoint;
    this.#process = child;
  }

  static async start(env: Env, logFile: string): Promise<Emulator> {
    const python = join(toolsDir(env), 'moto/bin/python');
    await access(python).catch(() => {
      throw new Error(`${python} is missing: run scripts/infra/install-tools.sh, which installs moto`);
    });
    const port = await findFreePort();
    const script = join(import.meta.dirname, 'moto_plus.py');
    const child = spawn(python, [script, '-H', '127.0.0.1', '-p', String(port)], {
      env: { PATH: env.PATH },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const log = createWriteStream(logFile);
    child.stdout.pipe(log, { end: false });
    child.stderr.pipe(log, { end: false });
    const emulator = new Emulator(`http://127.0.0.1:${port}`, child);
    await emulator.#ready(logFile);
    return emulator;
  }

  /** What points a client of AWS at it, and at nothing else. */
  clientEnv(region: string): Env {
    return {
      AWS_ENDPOINT_URL: this.endpoint,
      AWS_REGION: region,
      AWS_DEFAULT_REGION: region,
      AWS_ACCESS_KEY_ID: 'emulator',
      AWS_SECRET_ACCESS_KEY: 'emulator',
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      AWS_PAGER: '',
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const exited = once(this.#process, 'exit');
    this.#process.kill('SIGTERM');
    await exited;
  }

  /** A refused connection is the only news of a server that is not there yet. */
  async #ready(logFile: string): Promise<void> {
    for (let tries = 0; tries < READY_TRIES && this.#process.exitCode === null; tries += 1) {
      const answers = await fetch(`${this.endpoint}/moto-api/data.json`).then(
        ({ ok }) => ok,
        () => false,
      );
      if (answers) return;
      await new Promise((resolve) => setTimeout(resolve, READY_PAUSE_MS));
    }
    await this[Symbol.asyncDispose]();
    throw new Error(`the emulator did not become ready: see ${logFile}`);
  }
}
