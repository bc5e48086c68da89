import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Env } from '../shared/config/env-reader.ts';
import { EXIT_CONFIG, ExitError } from '../shared/run-service.ts';

export interface ChildCommand {
  name: string;
  /** Arguments of this very Node. */
  args: readonly string[];
  env: Env;
}

const BACKOFF_MS = { first: 200, max: 5000 };
/** Whoever ran this long starts again with the first backoff. */
const HEALTHY_MS = 10_000;
/** Ends by itself in a row, each soon after its start: the next one would not fare better. */
const MAX_QUICK_ENDS = 5;

/** A process that is started again when it dies, unless it says that its configuration is wrong. */
export class SupervisedChild {
  readonly #command: ChildCommand;
  readonly #failed = Promise.withResolvers<never>();
  #process: ChildProcess | undefined;
  #restart: NodeJS.Timeout | undefined;
  #backoffMs = BACKOFF_MS.first;
  #quickEnds = 0;
  #stopping = false;

  constructor(command: ChildCommand) {
    this.#command = command;
    // Whoever waits for it hears of it; nobody has to.
    this.#failed.promise.catch(() => {});
    this.#start();
  }

  /** Rejects with an `ExitError` where starting the child again makes no sense. */
  get failed(): Promise<never> {
    return this.#failed.promise;
  }

  /** Asks the child to stop, and kills it where it has not after `graceMs`. */
  async stop(graceMs: number): Promise<void> {
    this.#stopping = true;
    clearTimeout(this.#restart);
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    const kill = setTimeout(() => child.kill('SIGKILL'), graceMs);
    await exited;
    clearTimeout(kill);
  }

  #start(): void {
    const startedAt = performance.now();
    const { args, env } = this.#command;
    const child = spawn(process.execPath, args, {
      env,
      // The channel tells the child when we are gone, however we went.
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      // A process group of its own: a terminal's Ctrl-C reaches us only, and we stop things in order.
      detached: true,
    });
    this.#process = child;
    child.on('error', (error) => this.#fail(1, `could not be started: ${error.message}`));
    child.on('exit', (code, signal) => this.#exited(code, signal, performance.now() - startedAt));
  }

  #exited(code: number | null, signal: string | null, ranMs: number): void {
    if (this.#stopping) return;
    if (code === EXIT_CONFIG) {
      this.#fail(EXIT_CONFIG, 'cannot run with this configuration');
      return;
    }
    if (ranMs > HEALTHY_MS) {
      this.#backoffMs = BACKOFF_MS.first;
      this.#quickEnds = 0;
    }
    // A signal comes from outside: it says nothing about the next start.
    if (!signal) this.#quickEnds += 1;
    if (this.#quickEnds >= MAX_QUICK_ENDS) {
      this.#fail(1, `ended ${MAX_QUICK_ENDS} times soon after its start, at last with ${code}`);
      return;
    }
    const how = signal ? `was killed by ${signal}` : `ended with ${code}`;
    process.stderr.write(`the ${this.#command.name} ${how}; starting it again in ${this.#backoffMs} ms\n`);
    this.#restart = setTimeout(() => this.#start(), this.#backoffMs);
    this.#backoffMs = Math.min(this.#backoffMs * 2, BACKOFF_MS.max);
  }

  #fail(exitCode: number, what: string): void {
    this.#failed.reject(new ExitError(exitCode, `the ${this.#command.name} ${what}`));
  }
}
