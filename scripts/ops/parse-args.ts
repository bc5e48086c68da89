import { parseArgs } from 'node:util';

/** What was typed cannot be understood; the message says what to type instead. */
export class UsageError extends Error {}

export type Command =
  | { name: 'status' }
  | { name: 'redrive'; yes: boolean; dryRun: boolean; max: number }
  | { name: 'sweep'; all: boolean }
  | { name: 'scale'; min: number; max: number }
  | { name: 'drain-check'; worker: string | undefined }
  | { name: 'help' };

export interface Invocation {
  command: Command;
  json: boolean;
  environment: string | undefined;
  terraformDir: string | undefined;
}

const OPTIONS = {
  environment: { type: 'string' },
  terraform: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  yes: { type: 'boolean' },
  'dry-run': { type: 'boolean' },
  max: { type: 'string' },
  min: { type: 'string' },
  all: { type: 'boolean' },
  worker: { type: 'string' },
} as const;

type OptionName = keyof typeof OPTIONS;

const EVERYWHERE: OptionName[] = ['environment', 'terraform', 'json', 'help'];
const TAKES: Record<string, OptionName[]> = {
  status: [],
  redrive: ['yes', 'dry-run', 'max'],
  sweep: ['all'],
  scale: ['min', 'max'],
  'drain-check': ['worker'],
};
const REDRIVE_MAX = 1000;

type Values = ReturnType<typeof read>['values'];

function read(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new UsageError((error as Error).message.split('. ')[0]);
  }
}

function whole(option: 'min' | 'max', text: string | undefined, fallback?: number): number {
  if (text === undefined && fallback !== undefined) return fallback;
  if (text !== undefined && /^\d{1,6}$/.test(text)) return Number(text);
  throw new UsageError(`--${option} must be a whole number from 0`);
}

function readCommand(name: string, values: Values): Command {
  switch (name) {
    case 'redrive':
      return {
        name,
        yes: values.yes ?? false,
        dryRun: values['dry-run'] ?? false,
        max: whole('max', values.max, REDRIVE_MAX),
      };
    case 'sweep':
      return { name, all: values.all ?? false };
    case 'scale': {
      const [min, max] = [whole('min', values.min), whole('max', values.max)];
      if (max < 1 || min > max)
        throw new UsageError('scale needs --min and --max, with min <= max and max >= 1');
      return { name, min, max };
    }
    case 'drain-check':
      return { name, worker: values.worker };
    default:
      return { name: 'status' };
  }
}

/** Throws `UsageError`. */
export function readInvocation(args: readonly string[]): Invocation {
  const { values, positionals } = read(args);
  const [name = '', ...more] = positionals;
  const general = {
    json: values.json ?? false,
    environment: values.environment,
    terraformDir: values.terraform,
  };
  if (values.help || name === 'help') return { command: { name: 'help' }, ...general };
  const takes = TAKES[name];
  if (!takes || more.length > 0)
    throw new UsageError(`the command must be one of ${Object.keys(TAKES).join(', ')}`);
  const given = Object.keys(values) as OptionName[];
  const foreign = given.find((option) => ![...EVERYWHERE, ...takes].includes(option));
  if (foreign) throw new UsageError(`${name} takes no --${foreign}`);
  return { command: readCommand(name, values), ...general };
}
