import { globSync } from 'node:fs';
import { access, constants, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Env } from '../../shared/config/env-reader.ts';

export const ROOT = join(import.meta.dirname, '../..');

/** Where install-tools.sh puts what it installs. */
export function toolsDir(env: Env): string {
  return env.INFRA_TOOLS_DIR ?? join(env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'iscoolgpt-infra');
}

/** The PATH with the installed tools first. */
export function toolPath(env: Env): string {
  return [join(toolsDir(env), 'bin'), env.PATH].join(delimiter);
}

/** The full path of a program, or undefined where this machine lacks it. */
export async function findProgram(name: string, env: Env): Promise<string | undefined> {
  for (const folder of toolPath(env).split(delimiter)) {
    const path = join(folder, name);
    const runs = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (runs && (await stat(path)).isFile()) return path;
  }
  return undefined;
}

const MIRRORS = [
  '/opt/*',
  '/usr/share/terraform/plugins',
  '/usr/local/share/terraform/plugins',
  join(homedir(), '.terraform.d/plugins'),
];

/** A folder of unpacked providers; INFRA_PROVIDER_MIRROR names one that lies elsewhere. Undefined: the registry. */
function findMirror(env: Env): string | undefined {
  if (env.INFRA_PROVIDER_MIRROR) return env.INFRA_PROVIDER_MIRROR;
  return globSync(MIRRORS).find((folder) => globSync(join(folder, '*/hashicorp/aws/*')).length > 0);
}

/** Writes Terraform's own configuration into `folder`: a provider mirror where there is one, and no calls home. */
export async function writeCliConfig(folder: string, env: Env): Promise<string> {
  const mirror = findMirror(env);
  const installation = mirror
    ? `provider_installation {\n  filesystem_mirror { path = ${JSON.stringify(mirror)} }\n}\n`
    : '';
  const path = join(folder, 'terraform.rc');
  await writeFile(path, `disable_checkpoint = true\n${installation}`);
  return path;
}
