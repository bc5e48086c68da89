import { setTimeout as sleep } from 'node:timers/promises';
import { findFreePort } from '../../../local/free-port.ts';
import type { Env } from '../../../shared/config/env-reader.ts';
import { Child } from '../../../test/support/child.ts';

const READY_TRIES = 200;
const READY_PAUSE_MS = 50;
const WAIT_SECONDS = 45;

export interface Services {
  api: Env;
  worker: Env;
  apiKey: string;
}

export interface Answered {
  status: string;
  answer: string;
  providers: number;
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

async function ask(address: string, apiKey: string): Promise<Answered> {
  const response = await fetch(`${address}/v1/jobs`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${apiKey}`,
      'content-type': 'application/json',
      prefer: `wait=${WAIT_SECONDS}`,
    },
    body: JSON.stringify({ question: 'What is the difference between a security group and a network ACL?' }),
    signal: AbortSignal.timeout((WAIT_SECONDS + 10) * 1000),
  });
  const body = (await response.json()) as {
    status?: string;
    answer?: { text?: string };
    providers?: unknown[];
  };
  if (!response.ok) throw new Error(`the API answered ${response.status}: ${JSON.stringify(body)}`);
  const { status = '', answer, providers = [] } = body;
  return { status, answer: answer?.text ?? '', providers: providers.length };
}

/** Starts the application's own api and worker with what their task definitions say, and asks them a question. */
export async function askQuestion(services: Services): Promise<Answered> {
  const port = await findFreePort();
  const address = `http://127.0.0.1:${port}`;
  const local = { HOST: '127.0.0.1', DRAIN_SECONDS: '2', POLL_SECONDS: '1' };
  const api = new Child('api/main.ts', { ...services.api, ...local, PORT: String(port) });
  const worker = new Child('worker/main.ts', { ...services.worker, ...local, METRICS_PORT: '0' });
  try {
    if (!(await ready(address))) throw new Error('the API did not become ready');
    const answered = await ask(address, services.apiKey);
    if (answered.status !== 'succeeded' || answered.answer === '') {
      throw new Error(`the question ended as ${JSON.stringify(answered)}`);
    }
    return answered;
  } catch (error) {
    const written = `api:\n${api.output}\nworker:\n${worker.output}`;
    throw new Error(`no answer through the stack: ${(error as Error).message}\n${written}`, { cause: error });
  } finally {
    await Promise.all([api.end('SIGTERM'), worker.end('SIGTERM')]);
  }
}
