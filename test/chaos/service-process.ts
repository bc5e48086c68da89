import { type ChildProcess, spawn } from 'node:child_process';
import { on, once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { Env } from '../../shared/config/env-reader.ts';
import { ROOT } from '../support/child.ts';

const RESTART_MS = 300;
/** What is kept of its output, for a run that fails. */
const LINES_KEPT = 200;

export interface ProcessCommand {
  name: string;
  /** Script and arguments of this very Node, from the root of the repository. */
  args: readonly string[];
  /** Of Node itself. */
  nodeArgs?: readonly string[];
  env: Env;
}

/** Told what a process says, by its output and by its channel. */
export interface Hearing {
  line?: (line: string) => void;
  message?: (message: unknown) => void;
}

/** How a process ended that was asked to. */
export interface Ended {
  code: number | null;
  ms: number;
  /** It did not stop in its time. */
  killed: boolean;
}

/** One process of the system, started again whenever it ends by itself, as an orchestrator would. */
export class ServiceProcess {
  readonly name: string;
  /** Ends that nobody asked for, with the last line written before each. */
  readonly unasked: string[] = [];
  readonly #command: ProcessCommand;
  readonly #lines: string[] = [];
  readonly #hear: Hearing;
  #child: ChildProcess | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  #wanted = false;

  constructor(command: ProcessCommand, hear: Hearing = {}) {
    this.name = command.name;
    this.#command = command;
    this.#hear = hear;
  }

  get pid(): number | undefined {
    return this.#isAlive() ? this.#child?.pid : undefined;
  }

  get lastLines(): readonly string[] {
    return this.#lines;
  }

  /** Nothing where it runs already. */
  start(): void {
    if (this.#isAlive()) return;
    const { args, nodeArgs = [], env } = this.#command;
    this.#wanted = true;
    const child = spawn(process.execPath, [...nodeArgs, ...args], {
      cwd: ROOT,
      // The channel ends the child with this process, however that ends.
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: { PATH: process.env.PATH, ...env },
    });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) this.#read(stream);
    child.on('message', (message) => this.#hear.message?.(message));
    child.on('exit', (code, signal) => this.#exited(child, code, signal));
  }

  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.#child?.kill(signal);
  }

  /** Sends a signal and resolves once the process is gone; after `killAfterMs` it is killed. It stays down. */
  async end(signal: NodeJS.Signals, killAfterMs = 20_000): Promise<Ended> {
    const child = this.#child;
    const began = performance.now();
    this.#wanted = false;
    let killed = false;
    if (child && this.#isAlive()) {
      const exited = once(child, 'exit');
      child.kill(signal);
      const timer = setTimeout(() => {
        killed = true;
        child.kill('SIGKILL');
      }, killAfterMs);
      await exited;
      clearTimeout(timer);
    }
    return { code: child?.exitCode ?? null, ms: performance.now() - began, killed };
  }

  /** Starts it; resolves once it has said `word` by its channel. */
  async startUntil(word: string): Promise<void> {
    this.start();
    const child = this.#child as ChildProcess;
    for await (const [message] of on(child, 'message', { close: ['exit'] })) if (message === word) return;
    throw new Error(`${this.name} ended before it said "${word}":\n${this.#lines.join('\n')}`);
  }

  /** Resolves once it has ended by itself, and leaves it at that. */
  async untilGone(): Promise<void> {
    this.#wanted = false;
    if (this.#child && this.#isAlive()) await once(this.#child, 'exit');
  }

  /** Runs `work` once whatever else was begun this way is over: one at a time takes it down and up again. */
  exclusively(work: () => Promise<void>): Promise<void> {
    const done = this.#turn.then(work);
    // Whoever asked for the work hears of its failure; the next one goes on.
    this.#turn = done.catch(() => {});
    return done;
  }

  /** Asks the probe in it; undefined where it does not answer in time. */
  async ask<Answer>(question: string, timeoutMs = 3000): Promise<Answer | undefined> {
    const child = this.#child;
    if (!child?.connected) return undefined;
    const signal = AbortSignal.timeout(timeoutMs);
    try {
      const answered = once(child, 'message', { signal });
      child.send(question);
      return (await answered)[0] as Answer;
    } catch (error) {
      if (signal.aborted || !child.connected) return undefined;
      throw error;
    }
  }

  #isAlive(): boolean {
    return this.#child?.exitCode === null && this.#child.signalCode === null;
  }

  #read(stream: Readable | null): void {
    if (!stream) return;
    createInterface(stream).on('line', (line) => {
      this.#lines.push(line);
      if (this.#lines.length > LINES_KEPT) this.#lines.shift();
      this.#hear.line?.(line);
    });
  }

  #exited(child: ChildProcess, code: number | null, signal: string | null): void {
    if (!this.#wanted || child !== this.#child) return;
    this.unasked.push(`${signal ?? `code ${code}`}: ${this.#lines.at(-1) ?? 'no output'}`);
    setTimeout(() => {
      if (this.#wanted && child === this.#child) this.start();
    }, RESTART_MS);
  }
}
