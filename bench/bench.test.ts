import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BENCHMARKS } from './benchmarks.ts';
import type { Row } from './report/row.ts';
import type { RunOptions } from './rows/benchmark.ts';
import { Stage } from './stage/stage.ts';

const MISSING: Record<string, string> = {};
if (!existsSync(join(import.meta.dirname, 'node_modules'))) {
  for (const name of ['worker-cpu', 'mixed-latency', 'accept']) MISSING[name] = 'npm ci --prefix bench';
}
if (spawnSync('openssl', ['version']).status !== 0) MISSING.memory = 'openssl';
for (const [name, wanted] of Object.entries(MISSING)) {
  console.warn(`The benchmark ${name} is not tried in small: it wants ${wanted}.`);
}

const SMALL: RunOptions = { runs: 1, scale: (count) => Math.ceil(count * 0.004), say: () => {} };

/** None costs less than to be sent, received and deleted, and to be put, claimed, answered and ended. */
function expectWholeQuestions(rows: readonly Row[]): void {
  const medianOf = (what: string) => rows.find((row) => row.what === what)?.ours.median ?? 0;
  expect(medianOf('SQS requests')).toBeGreaterThanOrEqual(3);
  expect(medianOf('writes of the job item')).toBeGreaterThanOrEqual(4);
  expect(medianOf('write units')).toBeGreaterThan(medianOf('writes of the job item'));
}

/** That a benchmark measures work that was done, which each looks at itself; how long it took is nobody's business. */
describe.concurrent('the benchmark in small', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.start('dynalite');
  }, 60_000);
  afterAll(() => stage[Symbol.asyncDispose]());

  for (const benchmark of BENCHMARKS) {
    it.skipIf(benchmark.name in MISSING)(benchmark.name, { timeout: 180_000 }, async () => {
      const rows = await benchmark.run(stage, SMALL);
      expect(rows).not.toHaveLength(0);
      for (const { what, ours, ratio } of rows) {
        expect(ours.median, what).toBeGreaterThan(0);
        if (ratio) expect(ratio.median, what).toBeGreaterThan(0);
      }
      if (benchmark.name === 'requests') expectWholeQuestions(rows);
    });
  }
});
