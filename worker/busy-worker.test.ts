import { expect, test } from 'vitest';
import { BUSY_JOBS, MAX_ROUND_MS } from './job/rounds.ts';
import { MAX_PAUSE_MS } from './pace/loop-pace.ts';
import { answering, ScriptedProvider } from './testing/scripted-provider.ts';
import { WorkerBench } from './testing/worker-bench.ts';

interface Run {
  /** When each job ended, in milliseconds since all were submitted. */
  ended: number[];
  /** For how long the thread was blocked, each time. */
  pausesMs: number[];
}

/** Runs so many jobs, each with an answer 7 ms after the one before. */
async function run(jobs: number): Promise<Run> {
  const pausesMs: number[] = [];
  const steps = Array.from({ length: jobs }, (_, index) => answering('A private way.', 1_000 + 7 * index));
  await using bench = new WorkerBench({
    providers: (clock) => [new ScriptedProvider('alpha', clock, ...steps)],
    config: { concurrency: jobs, providerConcurrency: jobs },
    blockThread: (ms) => pausesMs.push(ms),
  });
  await bench.start();
  const submittedAt = bench.clock.now();
  const ids = await Promise.all(Array.from({ length: jobs }, () => bench.submit()));
  const ended: number[] = [];
  for (const id of ids) {
    const { status, finished_at: at } = await bench.end(id);
    expect(status).toBe('succeeded');
    ended.push((at as number) - submittedAt);
  }
  return { ended: ended.sort((a, b) => a - b), pausesMs };
}

test('a busy worker ends jobs together', async () => {
  const { ended } = await run(2 * BUSY_JOBS);
  const rounds = [...new Set(ended.slice(0, BUSY_JOBS))];
  for (const [index, at] of rounds.entries())
    expect(at - (rounds[index - 1] ?? 0), `round ${index} at ${at} ms`).toBeGreaterThanOrEqual(MAX_ROUND_MS);
});

test('a worker with few jobs ends each as soon as its answer is there', async () => {
  const { ended } = await run(10);
  expect(new Set(ended).size).toBe(10);
});

test('a busy worker looks at its sockets by the clock', async () => {
  const { pausesMs } = await run(2 * BUSY_JOBS);
  expect(pausesMs.length).toBeGreaterThan(1);
  expect(Math.max(...pausesMs)).toBeLessThanOrEqual(MAX_PAUSE_MS);
});

test('a worker with few jobs never lets its sockets wait', async () => {
  expect((await run(10)).pausesMs).toEqual([]);
});
