import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type EmbeddedAws, startEmbeddedAws } from '../../local/emulators/embedded-aws.ts';
import { newId, someAttempt, someJob } from '../../shared/adapters/conformance/fixtures.ts';
import { createDynamoStore } from '../../shared/adapters/dynamo/dynamo-store.ts';
import { createSqsQueue } from '../../shared/adapters/sqs/sqs-queue.ts';
import { systemClock } from '../../shared/adapters/system/system-clock.ts';
import { formatJobMessage } from '../../shared/contract/message.ts';
import { endWrite } from '../../shared/job/ends.ts';
import type { NewJob } from '../../shared/job/new-job.ts';
import type { JobRecord } from '../../shared/job/record.ts';
import { claimWrite } from '../../shared/job/transitions.ts';
import { messageOf } from '../../shared/job/untouched-job.ts';
import type { Queue } from '../../shared/ports/queue.ts';
import type { Store } from '../../shared/ports/store.ts';
import { EXIT } from './help.ts';
import { envOf, ops as runOps, type Typing } from './testing.ts';

let embedded: EmbeddedAws;
let store: Store;
let queue: Queue;

beforeEach(async () => {
  embedded = await startEmbeddedAws();
  store = createDynamoStore({ aws: embedded.aws, clock: systemClock });
  queue = createSqsQueue({ aws: embedded.aws });
});
afterEach(async () => {
  await Promise.all([store.close(), queue.close()]);
  await embedded.close();
});

const ops = (words: string, typing: Partial<Typing> = {}) =>
  runOps(words, { env: envOf(embedded.aws), ...typing });
const yes = () => Promise.resolve(true);

async function putJob(overrides: Partial<NewJob> = {}): Promise<JobRecord> {
  const job = someJob(systemClock, overrides);
  await store.createJob(job);
  return job;
}

/** A job that `owner` runs, with one call under way. */
async function claimedJob(owner: string): Promise<JobRecord> {
  const job = await putJob();
  const now = systemClock.now();
  const attempts = { one: someAttempt('size', now, { fence: 1 }) };
  const result = await store.writeJob(claimWrite(job, { owner, now, dueAt: now + 30_000, attempts }));
  return result.job as JobRecord;
}

async function announce(id: string, jobs: string[], seenAt = systemClock.now()): Promise<void> {
  await store.putPresence({
    id,
    started_at: 0,
    seen_at: seenAt,
    expires_at: Math.ceil(systemClock.now() / 1000) + 600,
    jobs,
    slots: { total: 20, busy: jobs.length },
    providers: [],
  });
}

describe('status', () => {
  it('is calm about an empty stack', async () => {
    const { json, exitCode, lines } = await ops('status');
    expect(json).toMatchObject({
      queue: { waiting: 0, in_flight: 0, delayed: 0 },
      dead_letters: { count: 0, shown: [] },
      open_jobs: { counted: 0, complete: true, oldest_queued_ms: null },
      workers: [],
      tasks: null,
      attention: [],
    });
    expect(lines).toContain('oldest waits  none does');
    expect(exitCode).toBe(EXIT.ok);
  });

  it('tells what waits, who lives, and what lies among the dead letters, and leaves it there', async () => {
    const { id } = await putJob();
    await queue.send(formatJobMessage({ jobId: id }));
    await queue.sendDeadLetter('{"v":2}', 'v: must be 1');
    await announce('alive', [id]);
    await announce('gone', [], systemClock.now() - 60_000);
    for (let look = 0; look < 2; look += 1) {
      const { json, exitCode } = await ops('status');
      expect(json).toMatchObject({
        queue: { waiting: 1 },
        dead_letters: { count: 1, shown: [{ reason: 'v: must be 1', job_id: null, body: '{"v":2}' }] },
        open_jobs: { counted: 1, by_status: { queued: 1 } },
        attention: ['1 dead letters: after the cause is gone, npm run ops -- redrive'],
      });
      const workers = json.workers as { id: string; alive: boolean }[];
      expect(workers.map(({ id, alive }) => `${id} ${alive}`).sort()).toEqual(['alive true', 'gone false']);
      expect(exitCode).toBe(EXIT.attention);
    }
  });

  it('calls for help where jobs are open and nobody works', async () => {
    await putJob();
    const { json, exitCode } = await ops('status');
    expect(json.attention).toEqual(['jobs are open and no worker is alive: read its log']);
    expect(exitCode).toBe(EXIT.attention);
  });
});

describe('redrive', () => {
  it('has nothing to do where there is nothing', async () => {
    expect(await ops('redrive', { confirm: yes })).toMatchObject({
      exitCode: EXIT.ok,
      json: { acted: false, letters: [] },
    });
  });

  it('sends back what is open, drops what has ended or is gone, keeps what cannot be read', async () => {
    const [open, over] = [await putJob(), await putJob()];
    const end = { code: 'no_usable_answer' as const, message: 'none', retryable: true };
    await store.writeJob(endWrite(over, { status: 'failed', error: end }, systemClock.now()));
    for (const id of [open.id, over.id, newId()])
      await queue.sendDeadLetter(formatJobMessage({ jobId: id }), 'a bug');
    await queue.sendDeadLetter('no JSON', 'the body is not JSON');

    const asked: string[] = [];
    const report = await ops('redrive', {
      confirm: (question) => {
        asked.push(question);
        return Promise.resolve(true);
      },
    });
    expect(asked).toHaveLength(1);
    expect(asked[0]).toContain(`send back  ${open.id}  its job is queued, with 0 answers kept`);
    expect(report).toMatchObject({
      exitCode: EXIT.attention,
      json: { acted: true, send_back: 1, drop: 2, keep: 1 },
    });
    const [back] = await queue.receive(10, 1, 30);
    expect(back?.body).toBe(formatJobMessage(messageOf(open)));
    expect((await ops('status')).json.dead_letters).toMatchObject({ count: 1, shown: [{ body: 'no JSON' }] });
  });

  it.each([
    ['--dry-run', 'redrive --dry-run', yes, EXIT.attention],
    ['a no', 'redrive', () => Promise.resolve(false), EXIT.declined],
    ['nobody to ask', 'redrive', () => Promise.resolve(undefined), EXIT.declined],
  ])('does nothing after %s', async (_what, words, confirm, exitCode) => {
    const { id } = await putJob();
    await queue.sendDeadLetter(formatJobMessage({ jobId: id }), 'a bug');
    expect(await ops(words, { confirm })).toMatchObject({ exitCode, json: { acted: false, send_back: 1 } });
    expect(await queue.receive(1, 0, 30)).toEqual([]);
    expect((await ops('redrive --yes')).json).toMatchObject({ acted: true, send_back: 1 });
  });
});

describe('sweep', () => {
  it('ends what is overdue, and leaves what is not due', async () => {
    const overdue = await putJob({ deadlineSeconds: -10 });
    const later = await putJob();
    expect((await ops('sweep')).json).toMatchObject({
      sent_again: 0,
      ended: [{ id: overdue.id, status: 'expired' }],
      failed: [],
    });
    expect((await store.getJob(later.id))?.status).toBe('queued');
  });

  it('sends every open job again with --all, but those of a living worker', async () => {
    const lost = await putJob();
    const owned = await claimedJob('alive');
    await announce('alive', [owned.id]);
    expect((await ops('sweep --all')).json).toMatchObject({ sent_again: 1, ended: [] });
    const [sent] = await queue.receive(10, 1, 30);
    expect(sent?.body).toBe(formatJobMessage(messageOf(lost)));
  });
});

describe('drain-check', () => {
  it('says that an idle stack may be stopped', async () => {
    await announce('idle', []);
    expect(await ops('drain-check')).toMatchObject({
      exitCode: EXIT.ok,
      json: { safe: true, in_flight: [], workers_alive: ['idle'] },
    });
  });

  it('tells which jobs and calls are in flight, whose they are, and whether that one lives', async () => {
    const [mine, orphan] = [await claimedJob('alive'), await claimedJob('dead')];
    await announce('alive', [mine.id]);
    const { json, exitCode, lines } = await ops('drain-check');
    expect(json).toMatchObject({ safe: false, workers_alive: ['alive'] });
    expect(json.in_flight).toHaveLength(2);
    expect(json.in_flight).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          id: mine.id,
          owner: 'alive',
          owner_alive: true,
          calls_under_way: ['size'],
        }),
        expect.objectContaining({ id: orphan.id, owner: 'dead', owner_alive: false }),
      ]),
    );
    expect(lines.at(-1)).toMatch(/^not idle: 2 jobs and 2 calls are in flight/);
    expect(exitCode).toBe(EXIT.attention);
    expect((await ops('drain-check --worker someone')).exitCode).toBe(EXIT.ok);
  });
});
