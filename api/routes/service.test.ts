import { describe, expect, test } from 'vitest';
import { providersSchema } from '../../shared/contract/providers.ts';
import type { Presence } from '../../shared/job/presence.ts';
import { makeApi } from '../testing/api-fixture.ts';
import { problemIn } from '../testing/read-response.ts';

function presence(id: string, seenAt: number): Presence {
  return {
    id,
    started_at: seenAt - 1000,
    seen_at: seenAt,
    expires_at: Math.ceil(seenAt / 1000) + 3600,
    jobs: ['secret-job-of-somebody'],
    slots: { total: 10, busy: 1 },
    providers: [
      {
        id: 'openai',
        model: 'gpt-5-mini',
        breaker: { state: 'open', reason: 'rate_limited', retry_at: seenAt + 5000 },
        limiter: { concurrency: 4.5, max: 16, active: 2, waiting: 1 },
        latency_ms: { p50: 900, p95: 1800, n: 12 },
        error_ratio: 0.25,
      },
      {
        id: 'openai',
        model: 'gpt-of-an-older-panel',
        breaker: { state: 'closed' },
        limiter: { concurrency: 4, max: 16, active: 0, waiting: 0 },
        latency_ms: null,
        error_ratio: null,
      },
    ],
  };
}

describe('GET /v1/providers', () => {
  test('shows the panel as the workers that are alive see it, and how old that is', async () => {
    const api = makeApi({ env: { VISIBILITY_SECONDS: '45', QUORUM: '3' } });
    const now = api.clock.now();
    await api.memoryStore.putPresence(presence('alive', now - 3000));
    await api.memoryStore.putPresence(presence('dead', now - 45_000));
    const response = await api.ask('/v1/providers');
    const text = await response.text();
    expect(response.status, text).toBe(200);
    const { providers, workers, limits } = providersSchema.strict().parse(JSON.parse(text));
    expect(workers).toMatchObject([{ id: 'alive', age_ms: 3000, slots: { total: 10, busy: 1 } }]);
    expect(providers.map(({ id, simulated }) => [id, simulated])).toEqual([
      ['openai', false],
      ['gemini', false],
      ['simulated-c', true],
    ]);
    expect(providers[0]?.workers).toMatchObject([
      {
        worker: 'alive',
        age_ms: 3000,
        breaker: { state: 'open', reason: 'rate_limited', retry_at: new Date(now + 2000).toISOString() },
        limiter: { concurrency: 4.5, active: 2 },
        latency_ms: { p95: 1800 },
      },
    ]);
    expect(providers[1]?.workers).toEqual([]);
    expect(limits).toMatchObject({ panel_size: 3, quorum: 3, rate_per_minute: 60, daily_quota: 2000 });
    expect(text).not.toContain('secret-job-of-somebody');
  });
});

describe('GET /health and /ready', () => {
  test('the process is healthy whatever is down, and needs no key', async () => {
    const api = makeApi();
    api.storeOutage.fail('ping');
    await api.clock.advance(2500);
    const response = await api.ask('/health', { key: null });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ status: 'ok', uptime_seconds: 2 });
  });

  test('it is ready while store and queue answer', async () => {
    const api = makeApi();
    expect((await api.ask('/ready', { key: null })).status).toBe(200);
    api.storeOutage.fail('ping');
    const problem = await problemIn(await api.ask('/ready', { key: null }), 'unavailable');
    expect(problem.errors).toEqual([{ at: 'store', message: 'is unavailable' }]);
    api.storeOutage.end();
    expect((await api.ask('/ready', { key: null })).status).toBe(200);
  });

  test('one that hangs is not ready, and holds nobody up', async () => {
    const api = makeApi();
    api.memoryQueue.depth = () => new Promise(() => {});
    const asking = api.ask('/ready', { key: null });
    await api.clock.advance(2000);
    const { errors } = await problemIn(await asking, 'unavailable');
    expect(errors).toEqual([{ at: 'queue', message: 'did not answer within 2000 ms' }]);
    expect(api.clock.sleeping).toBe(0);
  });
});

describe('the documentation', () => {
  test('is served from here alone: no other origin, no inline script', async () => {
    const api = makeApi();
    const page = await api.ask('/docs', { key: null });
    const html = await page.text();
    const csp = page.headers.get('Content-Security-Policy') ?? '';
    expect(csp).toContain("script-src 'self'");
    expect(csp).toContain("default-src 'none'");
    expect(csp).not.toContain('unsafe');
    const files = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path as string);
    expect(files).toHaveLength(4);
    expect(html).not.toMatch(/<script>|<style|https?:/);
    for (const file of files) {
      const response = await api.ask(file, { key: null });
      expect([file, response.status]).toEqual([file, 200]);
      expect((await response.arrayBuffer()).byteLength).toBeGreaterThan(50);
    }
  });

  test('the index leads to everything', async () => {
    const api = makeApi();
    const { links } = (await (await api.ask('/', { key: null })).json()) as { links: Record<string, string> };
    for (const path of Object.values(links)) {
      expect([path, (await api.ask(path)).status]).toEqual([path, 200]);
    }
  });
});
