import { expect, it } from 'vitest';
import { readArguments, UsageError } from './read-arguments.ts';
import type { Benchmark } from './rows/benchmark.ts';

const benchmarks: Benchmark[] = ['one', 'two'].map((name) => ({ name, about: '…', run: async () => [] }));
const read = (...argv: string[]) => readArguments(argv, benchmarks);

it('runs everything in full unless told otherwise', () => {
  expect(read()).toMatchObject({ chosen: benchmarks, scale: 1, runs: 3, store: 'dynamodb-local' });
  expect(read('--quick')).toMatchObject({ scale: 1 / 3, runs: 2 });
  expect(read('--quick', '--runs', '1', '--scale', '0.1')).toMatchObject({ scale: 0.1, runs: 1 });
  expect(read('--only', 'two', '--store', 'dynalite')).toMatchObject({
    chosen: [benchmarks[1]],
    store: 'dynalite',
  });
});

it.each([
  [['--only', 'three'], 'there is no benchmark "three"'],
  [['--runs', '0'], '--runs 0 must be a number above 0'],
  [['--scale', 'x'], '--scale x must be a number above 0'],
  [['--store', 'redis'], '--store must be one of dynamodb-local, dynalite'],
  [['--fast'], "Unknown option '--fast'"],
])('%j is refused', (argv, message) => {
  expect(() => read(...argv)).toThrow(new RegExp(`^${message}`));
});

it('helps, which is no mistake', () => {
  const help = () => read('--help');
  expect(help).toThrow(UsageError);
  expect(help).toThrow(expect.objectContaining({ exitCode: 0, message: expect.stringContaining('two') }));
});
