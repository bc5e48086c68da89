import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Env } from '../../shared/config/env-reader.ts';
import { IMAGE_V8_OPTIONS } from './image-options.ts';
import { askChild, awaitAnswer } from './ipc.ts';
import type { Usage } from './meter.ts';

export const ROOT = join(import.meta.dirname, '../..');
const EXIT_NEWS_MS = 300;
const KEPT_CHARACTERS = 20_000;
const METER = join(import.meta.dirname, 'meter.ts');

export interface NodeProcessOptions {
  env?: Env;
  /** Default: those of the images. */
  v8Options?: readonly string[];
  /** Without the meter: for what must start as it starts in production. */
  bare?: boolean;
  /** Told of each line that it writes. */
  onLine?: (line: string) => void;
}

/** A Node process of its own with a meter in it. It ends with this one. */
export class NodeProcess {
  readonly #child: ChildProcess;
  readonly #script: string;
  readonly #exited: Promise<unknown>;
  #output = '';
  #asked = false;

  constructor(script: string, options: NodeProcessOptions = {}) {
    this.#script = script;
    this.#child = spawn(
      process.execPath,
      [
        ...(options.v8Options ?? IMAGE_V8_OPTIONS),
        ...(options.bare ? [] : ['--import', METER]),
        resolve(ROOT, script),
      ],
      {
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
        env: { PATH: process.env.PATH, ...options.env },
      },
    );
    this.#exited = once(this.#child, 'exit');
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      if (stream === null) continue;
      createInterface({ input: stream }).on('line', (line) => {
        this.#output = `${this.#output}${line}\n`.slice(-KEPT_CHARACTERS);
        options.onLine?.(line);
      });
    }
  }

  get pid(): number {
    return this.#child.pid as number;
  }

  /** The last of what it wrote. */
  get output(): string {
    return this.#output;
  }

  /** Resolves with what the process says once it is ready. */
  ready<T>(): Promise<T> {
    return this.meet(awaitAnswer<T>(this.#child, 0));
  }

  ask<T>(what: string, input?: unknown): Promise<T> {
    return this.meet(askChild<T>(this.#child, what, input));
  }

  usage(): Promise<Usage> {
    return this.ask('usage');
  }

  /** Waits; rejects with what the process wrote where it ends meanwhile. */
  async meet<T>(awaited: Promise<T>): Promise<T> {
    const died = this.#exited.then(() => {
      if (this.#asked) return new Promise<never>(() => {});
      throw new Error(`${this.#script} ended by itself:\n${this.#output}`);
    });
    try {
      return await Promise.race([awaited, died]);
    } catch (error) {
      // A broken connection is known sooner than the end of the process that caused it.
      await Promise.race([died, sleep(EXIT_NEWS_MS)]);
      throw error;
    }
  }

  /** At once: whoever measures has seen the work done, and an orderly stop would wait for long polls. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#asked = true;
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.kill('SIGKILL');
    await this.#exited;
  }
}
