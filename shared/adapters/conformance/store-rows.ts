import { expect, it, vi } from 'vitest';
import type { Presence } from '../../job/presence.ts';
import type { Clock } from '../../ports/clock.ts';
import { newId } from './fixtures.ts';
import type { StoreBench } from './store-bench.ts';

const DAY = '2026-11-22';

function somePresence(clock: Clock, overrides: Partial<Presence> = {}): Presence {
  return {
    id: newId(),
    started_at: clock.now() - 1000,
    seen_at: clock.now(),
    expires_at: Math.ceil(clock.now() / 1000) + 60,
    jobs: [],
    slots: { total: 10, busy: 0 },
    providers: [
      {
        id: 'open-ai_1',
        model: 'gpt',
        breaker: { state: 'open', reason: '', retry_at: clock.now() },
        limiter: { concurrency: 4, max: 8, active: 0, waiting: 0 },
        latency_ms: null,
        error_ratio: 0.25,
      },
    ],
    ...overrides,
  };
}

/** Takes `places` of a client's quota, many at once; how many it got. */
async function countAtOnce({ store }: StoreBench, client: string, times: number, quota: number) {
  const counts = Array.from({ length: times }, () => store.countQuestion(client, DAY, quota));
  return (await Promise.all(counts)).filter(Boolean).length;
}

export function rowCases(bench: StoreBench): void {
  it('keeps a worker’s latest presence until it expires', async () => {
    const { store, clock } = bench;
    const presence = somePresence(clock);
    await store.putPresence(presence);
    expect(await store.getPresence(presence.id)).toEqual(presence);
    const later = { ...presence, seen_at: clock.now() + 5, jobs: [newId(), newId()] };
    await store.putPresence(later);
    expect(await store.getPresence(presence.id)).toEqual(later);
    await clock.advance(62_000);
    expect(await store.getPresence(presence.id)).toBeUndefined();
    expect(await store.getPresence(newId())).toBeUndefined();
  });

  it('lists the presences that have not expired', async () => {
    const { store, clock } = bench;
    const [one, other] = [somePresence(clock), somePresence(clock, { jobs: [newId()] })];
    const gone = somePresence(clock, { expires_at: Math.floor(clock.now() / 1000) });
    await Promise.all([one, other, gone].map((presence) => store.putPresence(presence)));
    await vi.waitFor(
      async () => {
        const listed = await store.listPresences();
        expect(listed).toEqual(expect.arrayContaining([one, other]));
        expect(listed.map(({ id }) => id)).not.toContain(gone.id);
      },
      { timeout: 10_000, interval: 100 },
    );
  });

  it('counts to the quota and not beyond, however many ask at once', async () => {
    expect(await countAtOnce(bench, newId(), 50, 10)).toBe(10);
  });

  it('counts again what was taken back, never below nothing', async () => {
    const { store } = bench;
    const client = newId();
    await store.uncountQuestion(client, DAY);
    expect(await countAtOnce(bench, client, 3, 2)).toBe(2);
    await store.uncountQuestion(client, DAY);
    expect(await countAtOnce(bench, client, 3, 2)).toBe(1);
  });

  it('counts each client and each day apart, and nothing where the quota is 0', async () => {
    const { store } = bench;
    const client = newId();
    expect(await store.countQuestion(client, DAY, 0)).toBe(false);
    expect(await store.countQuestion(client, DAY, 1)).toBe(true);
    expect(await store.countQuestion(client, DAY, 1)).toBe(false);
    expect(await store.countQuestion(client, '2026-11-23', 1)).toBe(true);
    expect(await store.countQuestion(newId(), DAY, 1)).toBe(true);
  });

  it('finds a cached answer of the same client only, until it expires', async () => {
    const { store, clock } = bench;
    const client = newId();
    const entry = { jobId: newId(), expiresAt: Math.ceil(clock.now() / 1000) + 60 };
    expect(await store.getCached(client, 'hash')).toBeUndefined();
    await store.putCached(client, 'hash', entry);
    expect(await store.getCached(client, 'hash')).toEqual(entry);
    expect(await store.getCached(newId(), 'hash')).toBeUndefined();
    expect(await store.getCached(client, 'other')).toBeUndefined();
    const newer = { ...entry, jobId: newId() };
    await store.putCached(client, 'hash', newer);
    expect(await store.getCached(client, 'hash')).toEqual(newer);
    await clock.advance(62_000);
    expect(await store.getCached(client, 'hash')).toBeUndefined();
  });
}
