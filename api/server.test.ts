import { EventEmitter, once } from 'node:events';
import { Agent, get } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { MemoryQueue } from '../shared/adapters/memory/memory-queue.ts';
import { MemoryStore } from '../shared/adapters/memory/memory-store.ts';
import { systemClock, systemRandom } from '../shared/adapters/system/system-clock.ts';
import { jobSchema } from '../shared/contract/job.ts';
import { createLog } from '../shared/log.ts';
import type { Clock } from '../shared/ports/clock.ts';
import { readApiConfig } from './config.ts';
import { type RunningApi, startApi } from './start-api.ts';
import { ENV } from './testing/api-fixture.ts';
import { StandInWorker } from './testing/stand-in-worker.ts';

/** Real time that says how many sleep. */
class WatchedClock implements Clock {
  #sleeping = 0;
  readonly #changed = new EventEmitter();

  now = systemClock.now;
  monotonic = systemClock.monotonic;
  nextTurn = systemClock.nextTurn;
  after = systemClock.after;

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    this.#count(1);
    try {
      await systemClock.sleep(ms, signal);
    } finally {
      this.#count(-1);
    }
  }

  async whenSleeping(count: number): Promise<void> {
    while (this.#sleeping !== count) await once(this.#changed, 'changed');
  }

  #count(change: number): void {
    this.#sleeping += change;
    this.#changed.emit('changed');
  }
}

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function start(env = {}) {
  const config = readApiConfig({ ...ENV, API_KEYS: '', PORT: '0', DRAIN_SECONDS: '2', ...env }, () => '');
  const store = new MemoryStore(systemClock);
  const log = createLog('api', 'silent');
  const clock = new WatchedClock();
  const around = { store, queue: new MemoryQueue(clock), clock, random: systemRandom, log };
  const api = await startApi(config, around);
  let stopped: Promise<void> | undefined;
  const stop = () => (stopped ??= api.stop('the test is over'));
  stops.push(stop);
  const url = `http://127.0.0.1:${api.port}`;
  const submit = async () => {
    const response = await fetch(`${url}/v1/jobs`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ question: 'What is a VPC?', cache: false }),
    });
    return jobSchema.parse(await response.json());
  };
  return {
    ...api,
    stop,
    url,
    submit,
    clock,
    store,
    worker: new StandInWorker(store, systemClock),
    around,
    config,
  };
}

/** Sends bytes as they are, and resolves to all that comes back until the connection ends. */
async function raw(port: number, bytes: string): Promise<string> {
  const socket: Socket = connect(port, '127.0.0.1');
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk;
  });
  socket.write(bytes);
  await once(socket, 'close');
  return text;
}

function problemOf(text: string): { status: string; code: string } {
  expect(text).toContain('application/problem+json');
  const body = JSON.parse(text.slice(text.indexOf('\r\n\r\n') + 4));
  return { status: text.split(' ')[1] as string, code: body.code };
}

describe('what is no request', () => {
  test.each([
    ['no HTTP', 'hello\r\n\r\n', '400', 'invalid_request'],
    [
      'headers that are too large',
      `GET / HTTP/1.1\r\nHost: localhost\r\nA: ${'x'.repeat(20_000)}\r\n\r\n`,
      '431',
      'request_header_fields_too_large',
    ],
    ['no host', 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n', '400', 'invalid_request'],
    [
      'a host that is none',
      'GET / HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n',
      '400',
      'invalid_request',
    ],
    [
      'another host',
      'GET /v1/jobs HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n',
      '421',
      'misdirected',
    ],
    [
      'two lengths',
      'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n',
      '400',
      'invalid_request',
    ],
  ])('%s is answered with a problem', async (_name, bytes, status, code) => {
    const { port } = await start();
    expect(problemOf(await raw(port, bytes))).toEqual({ status, code });
  });

  test('a body that is too large is answered before it has arrived', async () => {
    const { port } = await start();
    const head =
      'POST /v1/jobs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nConnection: close\r\n';
    const answer = await raw(port, `${head}Content-Length: 10000000\r\n\r\n${'x'.repeat(1000)}`);
    expect(problemOf(answer)).toEqual({ status: '413', code: 'payload_too_large' });
  });
});

describe('streams', () => {
  test('shows a job live, resumes, and a reader that disconnects leaves no watch behind', async () => {
    const { url, submit, worker, clock } = await start();
    const { id } = await submit();
    const leaving = new AbortController();
    const response = await fetch(`${url}/v1/jobs/${id}/events`, { signal: leaving.signal });
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    const decoder = new TextDecoder();
    let text = '';
    const until = async (part: string) => {
      while (!text.includes(part)) {
        const { done, value } = await reader.read();
        if (done) throw new Error(`the stream ended without ${part}: ${text}`);
        text += decoder.decode(value, { stream: true });
      }
    };
    await until('id: 1\n');
    await worker.claim(id);
    await until('id: 2\n');
    leaving.abort();
    await expect(reader.read()).rejects.toThrow();
    await clock.whenSleeping(0);
    await worker.end(id, { status: 'succeeded' });
    const resumed = await fetch(`${url}/v1/jobs/${id}/events`, { headers: { 'Last-Event-ID': '2' } });
    const rest = await resumed.text();
    expect(rest).toContain('id: 3\n');
    expect(rest).not.toContain('id: 2\n');
    expect(rest).toContain('"status":"succeeded"');
  });
});

describe('stopping', () => {
  test('answers who waits, ends streams and idle connections, and takes no more', async () => {
    const { url, submit, stop, port, clock } = await start({ DRAIN_SECONDS: '10' });
    const { id } = await submit();
    const agent = new Agent({ keepAlive: true });
    const idle = Promise.withResolvers<void>();
    get({ agent, port, host: '127.0.0.1', path: '/health' }, (response) =>
      response.resume().on('end', idle.resolve),
    );
    await idle.promise;
    const waiting = fetch(`${url}/v1/jobs/${id}`, { headers: { Prefer: 'wait=50' } });
    const stream = await fetch(`${url}/v1/jobs/${id}/events`);
    // The watch, the wait and the stream's sign of life.
    await clock.whenSleeping(3);
    const began = systemClock.monotonic();
    await stop();
    expect(systemClock.monotonic() - began).toBeLessThan(3000);
    expect(jobSchema.parse(await (await waiting).json()).status).toBe('queued');
    expect(await stream.text()).toContain('id: 1\n');
    await expect(fetch(`${url}/health`)).rejects.toThrow();
    agent.destroy();
  });

  test('a response that does not end is cut when the time for it is over', async () => {
    const { stop, store, port } = await start({ DRAIN_SECONDS: '0' });
    const asked = Promise.withResolvers<void>();
    store.getJob = () => {
      asked.resolve();
      return new Promise(() => {});
    };
    const hanging = raw(port, `GET /v1/jobs/${'a'.repeat(32)} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
    await asked.promise;
    await stop();
    expect(await hanging).toBe('');
  });

  test('a port that is taken is said so', async () => {
    const { port, config, around } = await start();
    await expect(startApi({ ...config, port }, around)).rejects.toMatchObject({ code: 'EADDRINUSE', port });
  });
});

test('what starts also says where it listens', async () => {
  const api: RunningApi = await start();
  expect(api.host).toBe('127.0.0.1');
  expect(api.port).toBeGreaterThan(0);
});
