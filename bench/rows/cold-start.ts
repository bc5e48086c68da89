import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort } from '../../local/free-port.ts';
import { bundle } from '../../scripts/bundle.ts';
import { systemClock } from '../../shared/adapters/system/system-clock.ts';
import type { AwsConfig } from '../../shared/config/common.ts';
import type { Row } from '../report/row.ts';
import { sampleOf } from '../report/sample.ts';
import { awaitReady } from '../stage/http-load.ts';
import type { OurScript, Stage } from '../stage/stage.ts';
import type { Benchmark, RunOptions } from './benchmark.ts';

const LOOK_MS = 5;

/** Milliseconds from the start of the process to the first 200 of its `/ready`. */
async function timeToReady(
  stage: Stage,
  lane: AwsConfig,
  script: OurScript,
  folder?: string,
): Promise<number> {
  const port = String(await findFreePort());
  const startedAt = systemClock.monotonic();
  await using service = stage.ours(script, lane, 3, {
    env: script === 'api/main.ts' ? { PORT: port } : { METRICS_PORT: port },
    bare: true,
    ...(folder === undefined ? {} : { folder }),
  });
  await service.meet(awaitReady(`http://127.0.0.1:${port}/ready`, LOOK_MS));
  return systemClock.monotonic() - startedAt;
}

async function run(stage: Stage, options: RunOptions): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'iscoolgpt-bundle-'));
  try {
    await bundle(folder);
    const lane = await stage.lane();
    const rows: Row[] = [];
    for (const script of ['api/main.ts', 'worker/main.ts'] as const) {
      for (const from of [folder, undefined]) {
        const values: number[] = [];
        for (let round = 0; round < options.runs; round += 1) {
          values.push(await timeToReady(stage, lane, script, from));
        }
        const what = `${script.split('/')[0]} from its ${from === undefined ? 'sources' : 'bundle'} to ready`;
        options.say(`${what}: ${Math.round(sampleOf(values).median)} ms`);
        rows.push({ benchmark: coldStart.name, what, unit: 'ms', ours: sampleOf(values), notes: [] });
      }
    }
    return rows;
  } finally {
    await rm(folder, { recursive: true });
  }
}

export const coldStart: Benchmark = {
  name: 'cold-start',
  about: 'from the start of a process to its first 200 of /ready',
  run,
};
