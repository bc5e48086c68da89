import { ConfigError } from './config/env-reader.ts';

/** sysexits.h: EX_CONFIG. */
const EXIT_CONFIG = 78;
const NODE_MIN = [22, 19] as const;

export interface Service {
  /** Stops in order and within its own budget; after that the process ends by itself. */
  stop(reason: string): Promise<void>;
}

function assertNodeVersion(version: string): void {
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

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/**
 * Starts a service and stops it on SIGTERM or SIGINT; a second signal ends it at once.
 * A configuration that is not valid exits 78 with all its mistakes.
 */
export async function runService(start: () => Promise<Service>): Promise<void> {
  assertNodeVersion(process.versions.node);
  let service: Service;
  try {
    service = await start();
  } catch (error) {
    if (error instanceof ConfigError) fail(EXIT_CONFIG, error.message);
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') {
      const { address, port } = error as NodeJS.ErrnoException & { address?: string; port?: number };
      fail(1, `${address}:${port} is taken: stop what listens there, or set another PORT`);
    }
    fail(1, describe(error));
  }
  let stopping = false;
  const stop = async (signal: string) => {
    if (stopping) process.exit(1);
    stopping = true;
    try {
      await service.stop(signal);
      process.exit(0);
    } catch (error) {
      fail(1, describe(error));
    }
  };
  process.on('SIGTERM', () => void stop('SIGTERM'));
  process.on('SIGINT', () => void stop('SIGINT'));
}
