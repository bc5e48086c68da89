import { Pool } from 'undici';
import { systemClock } from '../../shared/adapters/system/system-clock.ts';

export interface LoadRequest {
  method: 'GET' | 'POST';
  path: string;
  headers?: Record<string, string>;
  body?: string;
}

export interface LoadOptions {
  origin: string;
  /** Clients at once; each asks again as soon as it was answered. */
  connections: number;
  requests: number;
  request(index: number): LoadRequest;
  expectStatus: number;
}

/** Closed loop: resolves with each request's milliseconds to its last byte; rejects at the first wrong status. */
export async function driveHttp(options: LoadOptions): Promise<number[]> {
  const pool = new Pool(options.origin, { connections: options.connections, pipelining: 1 });
  const latenciesMs: number[] = [];
  let next = 0;
  const client = async () => {
    while (next < options.requests) {
      const request = options.request(next++);
      const startedAt = systemClock.monotonic();
      const response = await pool.request(request);
      const text = await response.body.text();
      if (response.statusCode !== options.expectStatus) {
        throw new Error(`${request.method} ${request.path}: ${response.statusCode} ${text.slice(0, 500)}`);
      }
      latenciesMs.push(systemClock.monotonic() - startedAt);
    }
  };
  try {
    await Promise.all(Array.from({ length: options.connections }, client));
  } finally {
    await pool.destroy();
  }
  return latenciesMs;
}

const READY_MS = 60_000;
const READY_PAUSE_MS = 50;

/** A refused connection is the only news of a server that does not listen yet. */
export async function awaitReady(url: string, pauseMs = READY_PAUSE_MS): Promise<void> {
  const limit = systemClock.monotonic() + READY_MS;
  while (systemClock.monotonic() < limit) {
    const ready = await fetch(url).then(
      async (response) => {
        await response.arrayBuffer();
        return response.ok;
      },
      () => false,
    );
    if (ready) return;
    await systemClock.sleep(pauseMs);
  }
  throw new Error(`${url} did not become ready`);
}
