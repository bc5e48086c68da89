import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Env } from '../../shared/config/env-reader.ts';

export const ROOT = join(import.meta.dirname, '../..');

/** A service of ours in a process of its own. */
export class Child {
  readonly #process: ChildProcess;
  readonly #exited: Promise<unknown>;
  /** Rejects, with what it wrote, where the process ends unasked. */
  readonly died: Promise<never>;
  #output = '';
  #asked = false;

  constructor(script: string, env: Env) {
    this.#process = spawn(process.execPath, [join(ROOT, script)], {
      // The channel ends the child with this process, however that ends.
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: { PATH: process.env.PATH, ...env },
    });
    this.#exited = once(this.#process, 'exit');
    this.died = this.#exited.then(() => {
      if (this.#asked) return new Promise<never>(() => {});
      throw new Error(`${script} ended by itself:\n${this.#output}`);
    });
    // Whoever waits for something of it hears of it.
    this.died.catch(() => {});
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.#output += chunk.toString();
      });
    }
  }

  /** What it wrote, for a test that fails. */
  get output(): string {
    return this.#output;
  }

  /** SIGSTOP or SIGCONT: the process stays. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.#process.kill(signal);
  }

  /** Sends a signal; resolves with the exit code once the process is gone. */
  async end(signal: NodeJS.Signals): Promise<number | null> {
    this.#asked = true;
    if (this.#process.exitCode === null && this.#process.signalCode === null) {
      this.#process.kill(signal);
      await this.#exited;
    }
    return this.#process.exitCode;
  }
}
