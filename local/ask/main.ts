#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { EXIT } from '../../api/cli/exit-codes.ts';
import { type CliSurroundings, type OpenServer, runCli } from '../../api/cli.ts';
import { systemClock } from '../../shared/adapters/system/system-clock.ts';
import { assertNodeVersion, ExitError } from '../../shared/run-service.ts';

const ROOT = join(import.meta.dirname, '../..');
const { stdin, stdout, stderr, env } = process;

assertNodeVersion(process.versions.node);

/** A reader such as `head` that has seen enough is no error. */
for (const stream of [stdout, stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
}

/** A terminal signals a whole process group and npm passes the signal on: what comes this close is one wish. */
const SAME_SIGNAL_MS = 500;
const interrupted = new AbortController();
let interruptedAtMs = 0;
process.on('SIGINT', () => {
  if (!interrupted.signal.aborted) {
    interruptedAtMs = systemClock.monotonic();
    interrupted.abort(new Error('Ctrl-C'));
  } else if (systemClock.monotonic() - interruptedAtMs > SAME_SIGNAL_MS) process.exit(EXIT.canceled);
});

function locale(): string | undefined {
  return env.LC_ALL || env.LC_MESSAGES || env.LANG;
}

/** The embedded stack is a development dependency, and slow to load: only who names no server needs it. */
async function openAnyServer(wish: Parameters<CliSurroundings['openServer']>[0]): Promise<OpenServer> {
  try {
    const { openServer } = await import('./open-server.ts');
    return await openServer(env, env.DATA_DIR || join(ROOT, '.data'), wish);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new ExitError(
      EXIT.unreachable,
      'no server is named, and none can be started without the development dependencies: use --server <url>',
    );
  }
}

const envFile = join(ROOT, '.env');
if (existsSync(envFile)) process.loadEnvFile(envFile);

process.exitCode = await runCli(process.argv.slice(2), {
  terminal: {
    out: (written) => void stdout.write(written),
    err: (written) => void stderr.write(written),
    outIsTerminal: stdout.isTTY === true,
    errIsTerminal: stderr.isTTY === true && env.TERM !== 'dumb',
    columns: stdout.columns ?? stderr.columns ?? 80,
    color: stdout.isTTY === true && stdout.hasColors(env),
  },
  clock: systemClock,
  server: env.ISCOOLGPT_SERVER || undefined,
  key: env.ISCOOLGPT_KEY || undefined,
  locale: locale(),
  interrupted: interrupted.signal,
  readFile: (path) => readFile(path, 'utf8'),
  readStdin: () => text(stdin),
  openServer: openAnyServer,
});
