import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, expect, it } from 'vitest';
import { ALICE } from '../../api/testing/api-fixture.ts';
import { jobIn } from '../../api/testing/read-response.ts';
import { CountingClock } from './support/counting-clock.ts';
import { EventReader } from './support/event-reader.ts';
import {
  type GuardedApi,
  openSocket,
  SHORT_TIMEOUTS,
  serveGuarded,
  whenClosed,
} from './support/guarded-api.ts';

const REVISIONS = 150;
const ANSWER = 'A VPC endpoint keeps traffic private. '.repeat(800);

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes that are held for whoever has not read them yet, wherever they wait. */
function heldBytes(): number {
  // The first may only end a collection that had begun, which keeps whatever has died since.
  collectGarbage();
  collectGarbage();
  return process.memoryUsage().arrayBuffers;
}

let api: GuardedApi | undefined;
afterEach(async () => {
  await api?.close();
  api = undefined;
});

/** A job of some 100 KB, so that its snapshots soon fill whatever the machine buffers by itself. */
async function bigJob(on: GuardedApi): Promise<string> {
  const { id } = await jobIn(await on.submit(), 202);
  await on.worker.claim(id);
  for (const provider of ['openai', 'gemini', 'simulated-c']) await on.worker.answer(id, provider, ANSWER);
  return id;
}

const follow = (id: string) =>
  `GET /v1/jobs/${id}/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${ALICE}\r\n\r\n`;

it('a reader that stalls is kept one snapshot, is let go, and resumes with the newest', async () => {
  // Looks every few milliseconds instead of every quarter of a second.
  api = await serveGuarded({ clock: new CountingClock(5), timeouts: { ...SHORT_TIMEOUTS, stalledMs: 3000 } });
  const id = await bigJob(api);
  const slow = await openSocket(api.server.port);
  slow.pause();
  slow.write(follow(id));
  while (api.accepted.open.size < 1) await new Promise(setImmediate);
  const [held] = api.accepted.open;
  if (!held) throw new Error('the server has no connection');

  const url = `${api.origin}/v1/jobs/${id}/events`;
  await using fast = await EventReader.open(url, ALICE);
  let most = 0;
  let snapshotBytes = 0;
  const heldBefore = heldBytes();
  for (let count = 0; count < REVISIONS; count += 1) {
    const { revision } = await api.worker.claim(id);
    const seen = await fast.until((event) => event.revision >= revision);
    snapshotBytes = seen.bytes;
    most = Math.max(most, held.writableLength);
  }
  expect(snapshotBytes).toBeGreaterThan(90_000);
  expect(most, 'bytes held for the reader that stalls').toBeGreaterThan(0);
  expect(most).toBeLessThan(2 * snapshotBytes);
  expect(heldBytes() - heldBefore, 'bytes that wait anywhere').toBeLessThan(10 * snapshotBytes);

  // Nothing more is written to it once its job has ended: it would stay for ever.
  await api.worker.end(id, { status: 'canceled' });
  await fast.until((event) => event.done);
  await whenClosed(held);
  slow.destroy();

  await using resumed = await EventReader.open(url, ALICE, { 'Last-Event-ID': '5' });
  const first = await resumed.until(() => true);
  expect(first).toMatchObject({ done: true });
  expect(first.revision).toBeGreaterThan(REVISIONS);
});
