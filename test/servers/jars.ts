import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { run } from '../../scripts/infra/run.ts';
import { INSTALL_TIMEOUT_MS, installOnce } from './install.ts';
import { requireProgram } from './missing.ts';

const COPY = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies';

export const JAVA = 'Java, 17 or newer (Debian: default-jdk-headless)';

/**
 * What Java's `-cp` wants for the dependencies of a pom.xml, which Maven fetches from Maven Central, once for each
 * content of that file. Rejects with `MissingError` where this machine has no Java, no Maven, or no way there.
 */
export async function installJars(pom: string): Promise<string> {
  requireProgram('java', `install ${JAVA}`, process.env);
  const version = createHash('sha256')
    .update(await readFile(pom))
    .digest('hex')
    .slice(0, 12);
  const folder = await installOnce(`${basename(dirname(pom))}-${version}`, async (jars) => {
    requireProgram('mvn', 'install Maven (Debian: maven)', process.env);
    const args = ['-B', '-q', '-f', pom, COPY, `-DoutputDirectory=${jars}`, '-DincludeScope=runtime'];
    await run('mvn', args, { cwd: dirname(pom), env: process.env, timeoutMs: INSTALL_TIMEOUT_MS });
  });
  return `${folder}/*`;
}
