import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ALICE } from '../../api/testing/api-fixture.ts';
import { jobIn } from '../../api/testing/read-response.ts';
import { CountingClock } from './support/counting-clock.ts';
import { type GuardedApi, openSocket, serveGuarded } from './support/guarded-api.ts';

const CLIENTS = 50;

let clock: CountingClock;
let api: GuardedApi;
beforeEach(async () => {
  clock = new CountingClock();
  api = await serveGuarded({ clock });
});
afterEach(() => api.close());

function request(method: string, path: string, headers: Record<string, string> = {}, body = ''): string {
  const fields = {
    Host: 'localhost',
    Authorization: `Bearer ${ALICE}`,
    ...(body && { 'Content-Type': 'application/json', 'Content-Length': String(Buffer.byteLength(body)) }),
    ...headers,
  };
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}`);
  return [`${method} ${path} HTTP/1.1`, ...lines, '', body].join('\r\n');
}

/** So many clients send this at once; `begun` resolves when the server is where they are to leave it. */
async function sendAndLeave(text: string, begun: () => Promise<unknown>): Promise<void> {
  const sockets = await Promise.all(Array.from({ length: CLIENTS }, () => openSocket(api.server.port)));
  for (const socket of sockets) socket.write(text);
  await begun();
  for (const [index, socket] of sockets.entries()) {
    // Half of them say goodbye, half are gone as a cable that was pulled.
    if (index % 2 === 0) socket.destroy();
    else socket.resetAndDestroy();
  }
  await api.accepted.allEnded();
}

async function expectNothingLeft(): Promise<void> {
  await clock.whenNobodySleeps();
  expect(api.watchers.watched, 'watches that nobody waits for').toBe(0);
  expect(api.streams.open, 'places of streams that nobody reads').toBe(0);
  const failed = api.logged.filter(({ level }) => level === 'error');
  expect(failed, 'a client that leaves is no failure of ours').toEqual([]);
  const next = await fetch(`${api.origin}/v1/jobs`, { headers: { Authorization: `Bearer ${ALICE}` } });
  expect(next.status, await next.text()).toBe(200);
}

const submitted = async () => (await jobIn(await api.submit(), 202)).id;

describe('clients that are gone', () => {
  it('in the middle of their body leave no job', async () => {
    const whole = request('POST', '/v1/jobs', {}, JSON.stringify({ question: 'What is S3?' }));
    await sendAndLeave(whole.slice(0, -5), async () => {
      while (api.accepted.open.size < CLIENTS) await new Promise(setImmediate);
    });
    expect(api.storeOutage.calls).not.toContain('createJob');
    await expectNothingLeft();
  });

  it('in the middle of a long poll leave no watch, no sleeper and no socket', async () => {
    const poll = request('GET', `/v1/jobs/${await submitted()}`, { Prefer: 'wait=50' });
    // The one watch, and each wait.
    await sendAndLeave(poll, () => clock.whenSleeping(CLIENTS + 1));
    await expectNothingLeft();
  });

  it('while a submit is held back leave their jobs to the workers', async () => {
    const body = JSON.stringify({ question: 'What is S3?', cache: false });
    const submit = request('POST', '/v1/jobs', { Prefer: 'wait=50' }, body);
    await sendAndLeave(submit, () => clock.whenSleeping(2 * CLIENTS));
    await expectNothingLeft();
    expect((await api.memoryQueue.depth()).visible).toBe(CLIENTS);
  });

  it('in the middle of an event stream leave no watch, no sleeper and no socket', async () => {
    const follow = request('GET', `/v1/jobs/${await submitted()}/events`);
    await sendAndLeave(follow, () => clock.whenSleeping(CLIENTS + 1));
    await expectNothingLeft();
  });

  it.each([
    true,
    false,
  ])('in the middle of a chat (stream: %s) leave one job and no watch', async (stream) => {
    const messages = [{ role: 'user', content: 'What is S3?' }];
    const chat = request(
      'POST',
      '/v1/chat/completions',
      {},
      JSON.stringify({ model: 'iscoolgpt', messages, stream }),
    );
    await sendAndLeave(chat, () => clock.whenSleeping(CLIENTS + 1));
    await expectNothingLeft();
    expect((await api.memoryQueue.depth()).visible).toBeGreaterThanOrEqual(1);
  });
});
