import { parseArgs } from 'node:util';
import { MODES, STRATEGIES } from '../../shared/contract/job-request.ts';
import { JOB_STATUSES, type JobStatus } from '../../shared/contract/states.ts';
import type { JobRequest } from '../client.ts';

/** What was typed cannot be understood; the message says what to type instead. */
export class UsageError extends Error {}

export type Command =
  | { name: 'ask'; question: string; request: Omit<JobRequest, 'question'> }
  | { name: 'file'; path: string; request: Omit<JobRequest, 'question'>; concurrency: number }
  | { name: 'get' | 'watch' | 'cancel'; id: string }
  | { name: 'list'; status: JobStatus | undefined; cursor: string | undefined; limit: number | undefined }
  | { name: 'providers' }
  | { name: 'help' }
  | { name: 'version' };

export interface Invocation {
  command: Command;
  json: boolean;
  server: string | undefined;
  key: string | undefined;
}

const OPTIONS = {
  server: { type: 'string' },
  key: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
  mode: { type: 'string' },
  strategy: { type: 'string' },
  providers: { type: 'string' },
  deadline: { type: 'string' },
  language: { type: 'string' },
  'no-cache': { type: 'boolean' },
  file: { type: 'string' },
  concurrency: { type: 'string' },
  status: { type: 'string' },
  cursor: { type: 'string' },
  limit: { type: 'string' },
} as const;

type OptionName = keyof typeof OPTIONS;

const GENERAL: OptionName[] = ['server', 'key', 'json', 'help', 'version'];
const ASKING: OptionName[] = [
  'mode',
  'strategy',
  'providers',
  'deadline',
  'language',
  'no-cache',
  'file',
  'concurrency',
];
const TAKES: Record<string, OptionName[]> = {
  ask: ASKING,
  list: ['status', 'cursor', 'limit'],
  get: [],
  watch: [],
  cancel: [],
  providers: [],
};

type Values = ReturnType<typeof read>['values'];

function read(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new UsageError((error as Error).message.split('. ')[0]);
  }
}

function oneOf<T extends string>(
  option: string,
  value: string | undefined,
  allowed: readonly T[],
): T | undefined {
  const found = allowed.find((candidate) => candidate === value);
  if (value === undefined || found) return found;
  throw new UsageError(`--${option} ${value}: ${allowed.join(', ')}`);
}

function wholeNumber(option: string, value: string | undefined, min: number, max: number) {
  if (value === undefined) return undefined;
  const number = Number(value);
  if (/^\d+$/.test(value) && number >= min && number <= max) return number;
  throw new UsageError(`--${option} ${value}: ${min}…${max}`);
}

function readRequest(values: Values): Omit<JobRequest, 'question'> {
  const { language } = values;
  const mode = oneOf('mode', values.mode, MODES);
  const strategy = oneOf('strategy', values.strategy, STRATEGIES);
  const deadline = wholeNumber('deadline', values.deadline, 1, 86_400);
  const providers = values.providers?.split(',').map((id) => id.trim());
  return {
    ...(mode && { mode }),
    ...(strategy && { strategy }),
    ...(deadline && { deadline_seconds: deadline }),
    ...(providers && { providers }),
    ...(language && { language }),
    ...(values['no-cache'] && { cache: false }),
  };
}

function readAsk(values: Values, words: readonly string[]): Command {
  const request = readRequest(values);
  if (values.file === undefined) {
    const question = words.join(' ').trim();
    if (question === '')
      throw new UsageError('iscoolgpt ask "…"  |  iscoolgpt ask -  |  iscoolgpt ask --file …');
    return { name: 'ask', question, request };
  }
  if (words.length > 0) throw new UsageError(`--file ${values.file} … ${words[0]}?`);
  const concurrency = wholeNumber('concurrency', values.concurrency, 1, 32) ?? 4;
  return { name: 'file', path: values.file, request, concurrency };
}

function readCommand(name: string, values: Values, rest: readonly string[]): Command {
  if (name === 'ask') return readAsk(values, rest);
  const [id, ...more] = rest;
  if (name === 'get' || name === 'watch' || name === 'cancel') {
    if (id === undefined || more.length > 0) throw new UsageError(`iscoolgpt ${name} <id>`);
    return { name, id };
  }
  if (id !== undefined) throw new UsageError(`iscoolgpt ${name} … ${id}?`);
  if (name === 'providers') return { name };
  return {
    name: 'list',
    status: oneOf('status', values.status, JOB_STATUSES),
    cursor: values.cursor,
    limit: wholeNumber('limit', values.limit, 1, 100),
  };
}

/** Throws `UsageError`. */
export function parseCommandLine(args: readonly string[]): Invocation {
  const { values, positionals } = read(args);
  const [name, ...rest] = positionals;
  const common = { json: values.json ?? false, server: values.server, key: values.key };
  if (values.version) return { ...common, command: { name: 'version' } };
  if (values.help || name === undefined || name === 'help') return { ...common, command: { name: 'help' } };
  const taken = TAKES[name];
  if (!taken) throw new UsageError(`iscoolgpt ${name}?  iscoolgpt ask "${name} …"`);
  const foreign = (Object.keys(values) as OptionName[]).find(
    (option) => !taken.includes(option) && !GENERAL.includes(option),
  );
  if (foreign) throw new UsageError(`iscoolgpt ${name} --${foreign}?`);
  return { ...common, command: readCommand(name, values, rest) };
}
