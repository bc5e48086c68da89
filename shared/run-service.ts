import { systemClock } from './adapters/system/system-clock.ts';
import { ConfigError } from './config/env-reader.ts';

/** sysexits.h: EX_CONFIG. */
export const EXIT_CONFIG = 78;
const NODE_MIN = [22, 19] as const;
/** A terminal signals a whole process group and npm passes the signal on: what comes this close is one wish. */
const SAME_SIGNAL_MS = 500;

export interface Service {
  /** Stops in order and within its own budget; after that the process ends by itself. */
  stop(reason: string): Promise<void>;
  /** Rejects where the service cannot go on; the process then stops it and ends with that error. */
  failed?: Promise<never>;
}

/** Something that whoever started the process can put right: one line says it, no stack. */
export class ExitError extends Error {
  readonly exitCode: number;

  constructor(exitCode: number, message: string) {
    super(message);
    this.name = 'ExitError';
    this.exitCode = exitCode;
  }
}

/** Ends the process with one line where Node is too old for it. */
export function assertNodeVersion(version: string): void {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > NODE_MIN[0] || (major === NODE_MIN[0] && minor >= NODE_MIN[1])) return;
  fail(
    1,
    `Node ${NODE_MIN.join('.')} or newer is needed, this is ${version}: start it with "npm run", which brings its own`,
  );
}

function fail(exitCode: number, message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(exitCode);
}

function failWith(error: unknown): never {
  if (error instanceof ExitError) fail(error.exitCode, error.message);
  if (error instanceof ConfigError) fail(EXIT_CONFIG, error.message);
  if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') {
    const { address, port } = error as NodeJS.ErrnoException & { address?: string; port?: number };
    fail(1, `${address}:${port} is taken: stop what listens there, or set another PORT`);
  }
  fail(1, describe(error));
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/**
 * Starts a service and stops it on SIGTERM or SIGINT, or when the process that supervises it is gone;
 * a second signal ends it at once. A configuration that is not valid exits 78 with all its mistakes.
 */
export async function runService(start: () => Promise<Service>): Promise<void> {
  assertNodeVersion(process.versions.node);
  const starting = start().catch(failWith);
  let stoppingSince: number | undefined;
  const stop = async (reason: string) => {
    stoppingSince ??= systemClock.monotonic();
    try {
      const service = await starting;
      await service.stop(reason);
      process.exit(0);
    } catch (error) {
      failWith(error);
    }
  };
  const onSignal = (signal: string) => {
    if (stoppingSince === undefined) void stop(signal);
    else if (systemClock.monotonic() - stoppingSince > SAME_SIGNAL_MS) process.exit(1);
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  // Only a child with an IPC channel is ever told so: its supervisor died without a word.
  process.on('disconnect', () => {
    if (stoppingSince === undefined) void stop('the supervisor is gone');
  });
  const service = await starting;
  service.failed?.catch(async (error: unknown) => {
    stoppingSince ??= systemClock.monotonic();
    await service.stop('it cannot go on').catch(failWith);
    failWith(error);
  });
}
