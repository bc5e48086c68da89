import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { assertNodeVersion, ExitError } from '../shared/run-service.ts';
import { BENCHMARKS } from './benchmarks.ts';
import { type Arguments, readArguments, UsageError } from './read-arguments.ts';
import { resultsOf } from './report/results.ts';
import { type Row, verdictOf } from './report/row.ts';
import { formatTable } from './report/table.ts';
import type { RunOptions } from './rows/benchmark.ts';
import { Stage } from './stage/stage.ts';
import { warmStore } from './stage/warm-store.ts';

const WARM_UP_JOBS = 5_000;

function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Runs what was chosen; a benchmark that fails takes none of the others with it, and is told. */
async function runAll({ chosen, scale, runs, store, profileDir }: Arguments) {
  const rows: Row[] = [];
  const failures: string[] = [];
  const options: RunOptions = {
    scale: (count) => Math.ceil(count * scale),
    runs,
    profileDir,
    say: (line) => tell(`  ${line}`),
  };
  await using stage = await Stage.start(store);
  tell('the table warms up');
  await warmStore(await stage.lane(), options.scale(WARM_UP_JOBS));
  for (const benchmark of chosen) {
    tell(`${benchmark.name}: ${benchmark.about}`);
    const beganAt = performance.now();
    try {
      rows.push(...(await benchmark.run(stage, options)));
    } catch (error) {
      failures.push(`${benchmark.name} FAILED: ${error instanceof Error ? error.stack : String(error)}`);
      tell(failures.at(-1) as string);
    }
    tell(`  took ${Math.round((performance.now() - beganAt) / 1000)} s`);
  }
  return { rows, failures };
}

async function main(): Promise<number> {
  const args = readArguments(process.argv.slice(2), BENCHMARKS);
  if (!existsSync(join(import.meta.dirname, 'node_modules'))) {
    throw new ExitError(2, 'the peers are missing: npm ci --prefix bench');
  }
  if (args.profileDir !== undefined) await mkdir(args.profileDir, { recursive: true });
  const { rows, failures } = await runAll(args);
  if (rows.length > 0) process.stdout.write(`${formatTable(rows)}\n`);
  for (const failure of failures) process.stdout.write(`${failure}\n`);
  if (args.json !== undefined) await writeFile(args.json, `${JSON.stringify(resultsOf(rows), null, 2)}\n`);
  return failures.length > 0 || rows.some((row) => verdictOf(row) === 'missed') ? 1 : 0;
}

assertNodeVersion(process.versions.node);
try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof UsageError || error instanceof ExitError)) throw error;
  tell(error.message);
  process.exitCode = error.exitCode;
}
