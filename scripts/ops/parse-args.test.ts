import { describe, expect, it } from 'vitest';
import { readInvocation, UsageError } from './parse-args.ts';

const commandOf = (...args: string[]) => readInvocation(args).command;

describe('what is typed', () => {
  it('is a command with its options', () => {
    expect(commandOf('status')).toEqual({ name: 'status' });
    expect(commandOf('redrive')).toEqual({ name: 'redrive', yes: false, dryRun: false, max: 1000 });
    expect(commandOf('redrive', '--yes', '--dry-run', '--max', '5')).toEqual({
      name: 'redrive',
      yes: true,
      dryRun: true,
      max: 5,
    });
    expect(commandOf('sweep', '--all')).toEqual({ name: 'sweep', all: true });
    expect(commandOf('scale', '--min', '0', '--max', '40')).toEqual({ name: 'scale', min: 0, max: 40 });
    expect(commandOf('drain-check', '--worker', 'a')).toEqual({ name: 'drain-check', worker: 'a' });
    expect(commandOf('redrive', '--help')).toEqual({ name: 'help' });
  });

  it('may name an environment, and ask for JSON', () => {
    expect(readInvocation(['status', '--environment', 'staging', '--terraform', 'a', '--json'])).toEqual({
      command: { name: 'status' },
      json: true,
      environment: 'staging',
      terraformDir: 'a',
    });
  });

  it.each([
    [['purge'], 'the command must be one of status, redrive, sweep, scale, drain-check'],
    [[], 'the command must be one of'],
    [['status', 'sweep'], 'the command must be one of'],
    [['status', '--yes'], 'status takes no --yes'],
    [['sweep', '--max', '3'], 'sweep takes no --max'],
    [['redrive', '--max', 'all'], '--max must be a whole number from 0'],
    [['scale', '--max', '4'], '--min must be a whole number from 0'],
    [['scale', '--min', '5', '--max', '4'], 'scale needs --min and --max, with min <= max'],
    [['scale', '--min', '0', '--max', '0'], 'max >= 1'],
    [['status', '--colour'], "Unknown option '--colour'"],
  ])('is refused where it is %j', (args, message) => {
    expect(() => readInvocation(args)).toThrow(UsageError);
    expect(() => readInvocation(args)).toThrow(message);
  });
});
