import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JobRecord } from '../../shared/job/record.ts';
import { makeApi } from '../testing/api-fixture.ts';
import { jobIn } from '../testing/read-response.ts';

async function fixture(deadlineSeconds = 60) {
  const api = makeApi();
  const { id } = await jobIn(await api.submit({ deadline_seconds: deadlineSeconds }), 202);
  const job = (await api.memoryStore.getJob(id)) as JobRecord;
  const began = api.clock.now();
  const looks: number[] = [];
  const read = api.memoryStore.getJob.bind(api.memoryStore);
  api.memoryStore.getJob = async (wanted) => {
    looks.push(api.clock.now() - began);
    return read(wanted);
  };
  return { ...api, id, job, looks };
}

interface Heard {
  revision: number | undefined;
  final: boolean;
}

function listener() {
  const heard: Heard[] = [];
  return {
    heard,
    hear: (job: JobRecord | undefined, final: boolean) => heard.push({ revision: job?.revision, final }),
  };
}

describe('JobWatchers', () => {
  test('looks after 250 ms, more and more rarely up to every 2 s, and anew after a change', async () => {
    const { watchers, job, looks, clock, worker, id } = await fixture();
    const { heard, hear } = listener();
    const subscription = watchers.subscribe(job, hear);
    await clock.advance(9000);
    const pauses = looks.map((at, index) => at - (looks[index - 1] ?? 0));
    expect(pauses.slice(0, 3)).toEqual([250, 375, 562.5]);
    expect(Math.max(...pauses)).toBe(2000);
    await worker.claim(id);
    looks.length = 0;
    await clock.advance(2000);
    const changedAt = looks.find((at) => at > 9000) as number;
    await clock.advance(500);
    expect(looks[looks.indexOf(changedAt) + 1]).toBe(changedAt + 250);
    expect(heard).toEqual([{ revision: 2, final: false }]);
    subscription.end();
    await clock.advance(0);
    expect([clock.sleeping, watchers.watched]).toEqual([0, 0]);
  });

  test('many who wait share one watch, which ends with the last of them', async () => {
    const { watchers, job, looks, clock } = await fixture();
    const subscriptions = Array.from({ length: 20 }, () => watchers.subscribe(job, () => {}));
    await clock.advance(250);
    expect(looks).toHaveLength(1);
    expect(watchers.watched).toBe(1);
    for (const subscription of subscriptions.slice(1)) subscription.end();
    await clock.advance(1000);
    expect(looks.length).toBeGreaterThan(1);
    subscriptions[0]?.end();
    await clock.advance(0);
    expect([clock.sleeping, watchers.watched]).toEqual([0, 0]);
  });

  test('whoever comes late is told what is known; whoever knows more tells the others', async () => {
    const { watchers, job, clock, worker, id } = await fixture();
    const first = listener();
    const one = watchers.subscribe(job, first.hear);
    const claimed = await worker.claim(id);
    const second = listener();
    const two = watchers.subscribe(claimed, second.hear);
    expect(first.heard).toEqual([{ revision: 2, final: false }]);
    const third = listener();
    const three = watchers.subscribe(job, third.hear);
    expect(third.heard).toEqual([{ revision: 2, final: false }]);
    for (const subscription of [one, two, three]) subscription.end();
    await clock.advance(0);
    expect(clock.sleeping).toBe(0);
  });

  test('closing lets everybody go with what is known, and nobody waits after that', async () => {
    const { watchers, job, clock } = await fixture();
    const { heard, hear } = listener();
    watchers.subscribe(job, hear);
    watchers.close();
    expect(heard).toEqual([{ revision: 1, final: true }]);
    watchers.subscribe(job, hear);
    expect(heard).toHaveLength(2);
    await clock.advance(0);
    expect([clock.sleeping, watchers.watched]).toEqual([0, 0]);
  });

  test('whoever comes in the moment of the last word hears it too', async () => {
    const { watchers, job, clock, worker, id } = await fixture();
    const late = listener();
    watchers.subscribe(job, (_seen, final) => {
      if (final) watchers.subscribe(job, late.hear);
    });
    await worker.claim(id);
    await worker.end(id, { status: 'succeeded' });
    await clock.advance(250);
    expect(late.heard).toEqual([{ revision: 3, final: true }]);
    expect([clock.sleeping, watchers.watched]).toEqual([0, 0]);
  });

  test('a job that is gone is a last word too', async () => {
    const { watchers, job, clock, memoryStore, id } = await fixture();
    const { heard, hear } = listener();
    watchers.subscribe(job, hear);
    await memoryStore.deleteUnclaimedJob(id);
    await clock.advance(250);
    expect(heard).toEqual([{ revision: undefined, final: true }]);
    expect([clock.sleeping, watchers.watched]).toEqual([0, 0]);
  });

  test('whatever happens when: each hears revisions that grow, one last word, by the deadline and 2 s, and nothing is left', async () => {
    const step = fc.record({
      afterMs: fc.integer({ min: 0, max: 4000 }),
      act: fc.constantFrom('claim', 'answer', 'join', 'leave', 'fail', 'mend', 'end'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const deadlineMs = 20_000;
        const { watchers, job, clock, worker, storeOutage, memoryStore, id } = await fixture(
          deadlineMs / 1000,
        );
        const everyone: { heard: Heard[]; leave: () => void; left: boolean }[] = [];
        const join = () => {
          const { heard, hear } = listener();
          const entry = { heard, left: false, leave: watchers.subscribe(job, hear).end };
          everyone.push(entry);
        };
        join();
        for (const { afterMs, act } of steps) {
          await clock.advance(Math.min(afterMs, Math.max(0, job.deadline_at - clock.now() - 1)));
          const { status } = (await memoryStore.getJob(id)) as JobRecord;
          if (act === 'claim' && status === 'queued') await worker.claim(id);
          if (act === 'answer' && status === 'running')
            await worker.answer(id, 'openai', 'x').catch(() => {});
          if (act === 'end' && status === 'running') await worker.end(id, { status: 'succeeded' });
          if (act === 'fail') storeOutage.fail('getJob', 'writeJob');
          if (act === 'mend') storeOutage.end();
          if (act === 'join') join();
          if (act === 'leave') {
            const entry = everyone.find(({ left }) => !left);
            if (entry) {
              entry.leave();
              entry.left = true;
            }
          }
        }
        storeOutage.end();
        await clock.advance(job.deadline_at + 2000 - clock.now());
        for (const { heard, left } of everyone) {
          const revisions = heard.map(({ revision }) => revision as number);
          expect(revisions).toEqual([...revisions].sort((a, b) => a - b));
          const lastWords = heard.filter(({ final }) => final).length;
          expect(lastWords).toBeLessThanOrEqual(1);
          if (!left) expect(heard.at(-1)?.final).toBe(true);
        }
        for (const entry of everyone) entry.leave();
        await clock.advance(0);
        expect([clock.sleeping, watchers.watched]).toEqual([0, 0]);
      }),
      { numRuns: 60 },
    );
  });
});
