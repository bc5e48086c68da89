import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { assertNodeVersion } from '../shared/run-service.ts';
import { resultsOf } from './report/results.ts';
import { type Row, verdictOf } from './report/row.ts';
import { formatTable } from './report/table.ts';
import { accept } from './rows/accept.ts';
import type { Benchmark, RunOptions } from './rows/benchmark.ts';
import { coldStart } from './rows/cold-start.ts';
import { growth } from './rows/growth.ts';
import { memory } from './rows/memory.ts';
import { mixedLatency } from './rows/mixed-latency.ts';
import { overhead } from './rows/overhead.ts';
import { pollCpu } from './rows/poll-cpu.ts';
import { pureParts } from './rows/pure-parts.ts';
import { requests } from './rows/requests.ts';
import { submitCpu } from './rows/submit-cpu.ts';
import { workerCpu } from './rows/worker-cpu.ts';
import { workerPeers } from './rows/worker-peers.ts';
import { Stage } from './stage/stage.ts';

const BENCHMARKS: readonly Benchmark[] = [
  workerCpu,
  workerPeers,
  submitCpu,
  pollCpu,
  overhead,
  mixedLatency,
  accept,
  memory,
  coldStart,
  growth,
  requests,
  pureParts,
];

const QUICK = { scale: 1 / 3, runs: 2 };
const RUNS = 5;

const HELP = `npm run bench -- [options]

  --only NAME      one benchmark; may be given more than once
  --quick          fewer and shorter runs: the direction, not the number
  --scale F        counts of jobs and requests times F
  --runs N         interleaved runs of each contender (default ${RUNS}, quick ${QUICK.runs})
  --json FILE      the rows and the machine's facts
  --store KIND     dynamodb-local (default) or dynalite, which needs no Java
  --cpu-prof DIR   CPU profiles of ours, one for each benchmark that measures CPU

${BENCHMARKS.map(({ name, about }) => `  ${name.padEnd(16)} ${about}`).join('\n')}

It needs its peers: npm ci --prefix bench. The exit code is 1 where a gate is missed.
`;

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(2);
}

function readArguments() {
  try {
    return parseArgs({
      options: {
        only: { type: 'string', multiple: true },
        quick: { type: 'boolean', default: false },
        scale: { type: 'string' },
        runs: { type: 'string' },
        json: { type: 'string' },
        'cpu-prof': { type: 'string' },
        store: { type: 'string', default: 'dynamodb-local' },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    return fail(`${(error as Error).message}\n\n${HELP}`);
  }
}

function readPositive(name: string, given: string | number): number {
  const value = Number(given);
  return value > 0 ? value : fail(`${name} ${given} must be a number above 0`);
}

function choose(only: readonly string[] | undefined): Benchmark[] {
  for (const name of only ?? []) {
    if (!BENCHMARKS.some((benchmark) => benchmark.name === name))
      fail(`there is no benchmark "${name}"\n\n${HELP}`);
  }
  return BENCHMARKS.filter(({ name }) => only?.includes(name) ?? true);
}

assertNodeVersion(process.versions.node);
const args = readArguments();
if (args.help) {
  process.stdout.write(HELP);
  process.exit(0);
}
const chosen = choose(args.only);
if (!existsSync(join(import.meta.dirname, 'node_modules')))
  fail('the peers are missing: npm ci --prefix bench');
const profileDir = args['cpu-prof'];
if (profileDir !== undefined) await mkdir(profileDir, { recursive: true });
const scale = readPositive('--scale', args.scale ?? (args.quick ? QUICK.scale : 1));
const runs = readPositive('--runs', args.runs ?? (args.quick ? QUICK.runs : RUNS));
const rows: Row[] = [];
const failures: string[] = [];
const options: RunOptions = {
  scale: (count) => Math.ceil(count * scale),
  runs,
  profileDir,
  say: (line) => void process.stderr.write(`  ${line}\n`),
};
await using stage = await Stage.start(args.store === 'dynalite' ? 'dynalite' : 'dynamodb-local');
for (const benchmark of chosen) {
  process.stderr.write(`${benchmark.name}: ${benchmark.about}\n`);
  try {
    rows.push(...(await benchmark.run(stage, options)));
  } catch (error) {
    // The others are not worth less for it; the exit code says it.
    failures.push(`${benchmark.name} FAILED: ${error instanceof Error ? error.stack : String(error)}`);
    process.stderr.write(`${failures.at(-1)}\n`);
  }
}
process.stdout.write(`${formatTable(rows)}\n`);
if (args.json !== undefined) await writeFile(args.json, `${JSON.stringify(resultsOf(rows), null, 2)}\n`);
for (const failure of failures) process.stdout.write(`${failure}\n`);
process.exitCode = failures.length > 0 || rows.some((row) => verdictOf(row) === 'missed') ? 1 : 0;
