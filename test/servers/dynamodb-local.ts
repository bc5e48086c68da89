import { join } from 'node:path';
import { LOOPBACK } from '../../local/emulators/emulator.ts';
import { findFreePort } from '../../local/free-port.ts';
import { listTables } from './ask.ts';
import { installJars, JAVA } from './jars.ts';
import { requireProgram } from './missing.ts';
import { type RunningServer, startServer } from './server-process.ts';

/** Without Java's second compiler, which takes more time in its first minute than it saves. */
const FIRST_COMPILER = '-XX:TieredStopAtLevel=1';
const SOURCES = join(import.meta.dirname, 'dynamodb-local');

/**
 * DynamoDB Local, AWS's own emulator: `mvn` copies the jar that dynamodb-local/pom.xml names, and what it needs, from
 * Maven Central to `.data/servers/` at the first call. Returns Java's class path. Needs Maven and a JDK of 17 or
 * newer; rejects with `MissingError` where they, or Maven Central, are not there.
 */
export async function installDynamodbLocal(): Promise<string> {
  requireProgram('javac', `install the compiler of ${JAVA}`, process.env);
  return installJars(join(SOURCES, 'pom.xml'));
}

/**
 * Starts it on a free port of 127.0.0.1, with its rows in `folder` or else in memory, with one set of tables for all
 * credentials and regions, and without telemetry. It ends by `stop`, or with this process however that ends.
 * `warmed`: whoever starts it keeps it busy until all of it is compiled, after which it takes two thirds of the time.
 */
export async function startDynamodbLocal({
  folder,
  warmed = false,
}: {
  folder?: string;
  warmed?: boolean;
} = {}): Promise<RunningServer> {
  const classPath = await installDynamodbLocal();
  const port = await findFreePort();
  const endpoint = `http://${LOOPBACK}:${port}`;
  const rows = folder === undefined ? ['-inMemory'] : ['-dbPath', folder];
  const options = [...rows, '-sharedDb', '-disableTelemetry', '-port', String(port)];
  const java = [...(warmed ? [] : [FIRST_COMPILER]), '-XX:+UseSerialGC', '-Xmx1g'];
  return startServer({
    name: 'dynamodb-local',
    program: 'java',
    args: [...java, '-cp', classPath, join(SOURCES, 'Loopback.java'), ...options],
    endpoint,
    ask: () => listTables(endpoint),
  });
}
