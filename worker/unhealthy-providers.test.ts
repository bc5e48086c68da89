import { describe, expect, it } from 'vitest';
import { viewJob } from '../shared/job/view.ts';
import { failing } from './testing/scripted-provider.ts';
import { TokenBucketProvider } from './testing/token-bucket-provider.ts';
import { WorkerBench } from './testing/worker-bench.ts';

describe('a provider that limits the rate', () => {
  it.each([
    { perSecond: 2, burst: 5, saysWhen: true },
    { perSecond: 2, burst: 5, saysWhen: false },
    { perSecond: 20, burst: 20, saysWhen: true },
  ])('failure mode 18: is not met with a storm: %o', async (options) => {
    let bucket: TokenBucketProvider | undefined;
    await using bench = new WorkerBench({
      providers: (clock) => {
        bucket = new TokenBucketProvider('alpha', clock, options);
        return [bucket];
      },
      config: { concurrency: 40, providerConcurrency: 64 },
    });
    await bench.start();
    const ids = await Promise.all(Array.from({ length: 100 }, () => bench.submit()));
    for (const id of ids) expect((await bench.end(id)).status).toBe('succeeded');
    expect(bucket?.admitted).toBe(100);
    expect(bucket?.calls).toBeLessThanOrEqual(120);
  });
});

describe('breakers', () => {
  it('fail a job fast where a key is wrong, without a second call', async () => {
    await using bench = new WorkerBench();
    for (const provider of bench.providers) provider.script(failing('auth', { retryable: false }));
    await bench.start();
    await bench.end(await bench.submit());
    const second = await bench.end(await bench.submit());
    expect(viewJob(second).providers[0]?.error?.code).toBe('breaker_open');
    expect(bench.providers.map(({ calls }) => calls)).toEqual([1, 1, 1]);
  });
});
