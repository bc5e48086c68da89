import { join } from 'node:path';
import type { OpenServer } from '../../api/cli.ts';
import { type Env, EnvReader } from '../../shared/config/env-reader.ts';
import { findLock } from '../lock-file.ts';
import { derivePanel } from '../panel.ts';
import { type SupervisorOptions, startSupervisor } from '../supervisor.ts';

/** Whoever started this command is alone with its server: no key stands between them. */
const NO_KEYS = { API_KEYS: '', API_KEYS_FILE: '' };
/** The services write their logs to the standard output that the answer needs for itself. */
const QUIET = { LOG_LEVEL: 'silent' };

/** As a bundle this module stands below the services' bundles; Node strips no types where that may be. */
function commandsOf(): Pick<SupervisorOptions, 'commands'> {
  if (import.meta.filename.endsWith('.ts')) return {};
  const bundleOf = (name: string) => [join(import.meta.dirname, `../${name}.js`)];
  return {
    commands: ({ api, worker }) => [
      { name: 'API', args: bundleOf('api'), env: api },
      { name: 'worker', args: bundleOf('worker'), env: worker },
    ],
  };
}

/**
 * The server that uses `dataDir`, where one runs; else one of its own, in memory or, with `keep`, on that folder.
 * Rejects with `ExitError` or `ConfigError` where none can be started.
 */
export async function openServer(
  env: Env,
  dataDir: string,
  { keep, onStart }: { keep: boolean; onStart: () => void },
): Promise<OpenServer> {
  const lock = await findLock(dataDir);
  if (lock) return { address: lock.address, close: async () => {} };
  onStart();
  const reader = new EnvReader(env);
  const panel = derivePanel(reader);
  reader.finish();
  const supervisor = await startSupervisor({
    env: { ...env, ...QUIET, ...NO_KEYS },
    panel,
    port: 0,
    dataDir: keep ? dataDir : undefined,
    ...commandsOf(),
  });
  return { address: supervisor.address, close: () => supervisor.stop('the command is done') };
}
