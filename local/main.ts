import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { EnvReader } from '../shared/config/env-reader.ts';
import { runService } from '../shared/run-service.ts';
import { announce } from './announce.ts';
import { derivePanel } from './panel.ts';
import { startSupervisor } from './supervisor.ts';

const ROOT = join(import.meta.dirname, '..');

await runService(async () => {
  const envFile = join(ROOT, '.env');
  if (existsSync(envFile)) process.loadEnvFile(envFile);
  const env = new EnvReader(process.env);
  const panel = derivePanel(env);
  const port = env.integer('PORT', 8080, 0, 65_535);
  const dataDir = env.optional('DATA_DIR') ?? join(ROOT, '.data');
  env.finish();
  const supervisor = await startSupervisor({ env: process.env, panel, port, dataDir });
  const keysNeeded = Boolean(env.optional('API_KEYS') ?? env.optional('API_KEYS_FILE'));
  process.stdout.write(`${announce(supervisor.address, panel, { keysNeeded })}\n`);
  return supervisor;
});
