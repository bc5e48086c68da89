import { setTimeout as sleep } from 'node:timers/promises';
import { findFreePort } from '../../../local/free-port.ts';
import type { Env } from '../../../shared/config/env-reader.ts';
import { accept, type Verdict } from '../../../test/acceptance/accept.ts';
import { Deployment } from '../../../test/acceptance/deployment.ts';
import { Child } from '../../../test/support/child.ts';

const READY_TRIES = 200;
const READY_PAUSE_MS = 50;
const PATIENCE_MS = 60_000;

export interface Services {
  api: Env;
  worker: Env;
  apiKey: string;
}

async function ready(address: string): Promise<boolean> {
  for (let tries = 0; tries < READY_TRIES; tries += 1) {
    const answers = await fetch(`${address}/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (answers) return true;
    await sleep(READY_PAUSE_MS);
  }
  return false;
}

/**
 * Starts the application's own api and worker with what their task definitions say, and makes the acceptance checks
 * on them, as after a deployment. Rejects where one fails.
 */
export async function acceptStack(services: Services): Promise<Verdict[]> {
  const port = await findFreePort();
  const address = `http://127.0.0.1:${port}`;
  const local = { HOST: '127.0.0.1', DRAIN_SECONDS: '2', POLL_SECONDS: '1' };
  const api = new Child('api/main.ts', { ...services.api, ...local, PORT: String(port) });
  const worker = new Child('worker/main.ts', { ...services.worker, ...local, METRICS_PORT: '0' });
  try {
    if (!(await ready(address))) throw new Error('the API did not become ready');
    const deployment = new Deployment(address, { key: services.apiKey, patienceMs: PATIENCE_MS });
    const verdicts = await accept(deployment, () => {});
    const failed = verdicts.filter(({ verdict }) => verdict === 'failed');
    if (failed.length > 0) throw new Error(failed.map(({ name, why }) => `${name}: ${why}`).join('\n'));
    return verdicts;
  } catch (error) {
    const written = `api:\n${api.output}\nworker:\n${worker.output}`;
    throw new Error(`the stack is not accepted: ${(error as Error).message}\n${written}`, { cause: error });
  } finally {
    await Promise.all([api.end('SIGTERM'), worker.end('SIGTERM')]);
  }
}
