import { parseArgs } from 'node:util';
import type { Benchmark } from './rows/benchmark.ts';
import type { StoreKind } from './stage/servers.ts';

const STORES: readonly StoreKind[] = ['dynamodb-local', 'dynalite'];
const QUICK = { scale: 1 / 3, runs: 2 };
const FULL = { scale: 1, runs: 3 };

export interface Arguments {
  chosen: Benchmark[];
  scale: number;
  runs: number;
  store: StoreKind;
  json: string | undefined;
  profileDir: string | undefined;
}

/** Something is wrong with the command line, or its help was asked for. */
export class UsageError extends Error {
  readonly exitCode: number;

  constructor(message: string, exitCode = 2) {
    super(message);
    this.name = 'UsageError';
    this.exitCode = exitCode;
  }
}

function helpOf(benchmarks: readonly Benchmark[]): string {
  return `npm run bench -- [options]

  --only NAME      one benchmark; may be given more than once
  --quick          fewer and shorter runs: the direction, not the number
  --scale F        counts of jobs and requests times F
  --runs N         interleaved runs of each contender (default ${FULL.runs}, quick ${QUICK.runs})
  --json FILE      the rows and the machine's facts
  --store KIND     dynamodb-local (default) or dynalite, which needs no Java
  --cpu-prof DIR   CPU profiles of ours, of each benchmark that measures CPU

${benchmarks.map(({ name, about }) => `  ${name.padEnd(16)} ${about}`).join('\n')}

It needs its peers: npm ci --prefix bench. The exit code is 1 where a gate is missed.`;
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        only: { type: 'string', multiple: true },
        quick: { type: 'boolean', default: false },
        scale: { type: 'string' },
        runs: { type: 'string' },
        json: { type: 'string' },
        store: { type: 'string', default: 'dynamodb-local' },
        'cpu-prof': { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError(`${(error as Error).message} (see --help)`);
  }
}

function readPositive(name: string, given: string | number): number {
  const value = Number(given);
  if (!(value > 0)) throw new UsageError(`${name} ${given} must be a number above 0`);
  return value;
}

function choose(benchmarks: readonly Benchmark[], only: readonly string[] | undefined): Benchmark[] {
  const unknown = only?.find((name) => !benchmarks.some((benchmark) => benchmark.name === name));
  if (unknown !== undefined) throw new UsageError(`there is no benchmark "${unknown}" (see --help)`);
  return benchmarks.filter(({ name }) => only?.includes(name) ?? true);
}

/** Throws `UsageError`. */
export function readArguments(argv: readonly string[], benchmarks: readonly Benchmark[]): Arguments {
  const given = parse(argv);
  if (given.help) throw new UsageError(helpOf(benchmarks), 0);
  const usual = given.quick ? QUICK : FULL;
  const store = STORES.find((kind) => kind === given.store);
  if (store === undefined) throw new UsageError(`--store must be one of ${STORES.join(', ')}`);
  return {
    chosen: choose(benchmarks, given.only),
    scale: readPositive('--scale', given.scale ?? usual.scale),
    runs: Math.ceil(readPositive('--runs', given.runs ?? usual.runs)),
    store,
    json: given.json,
    profileDir: given['cpu-prof'],
  };
}
