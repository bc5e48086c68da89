import type { Clock } from '../shared/ports/clock.ts';
import { ask } from './cli/ask.ts';
import { askFile } from './cli/ask-file.ts';
import type { Context } from './cli/context.ts';
import { EXIT, type ExitCode } from './cli/exit-codes.ts';
import { failureOf, report } from './cli/failure.ts';
import { afterGrace } from './cli/grace.ts';
import { cancel, get, watch } from './cli/job-commands.ts';
import { list } from './cli/list.ts';
import { type Command, type Invocation, parseCommandLine, UsageError } from './cli/parse-args.ts';
import { providers } from './cli/providers.ts';
import { readQuestions } from './cli/read-questions.ts';
import { createPaint, type Terminal } from './cli/terminal.ts';
import { chooseWords, type Words } from './cli/words.ts';
import { createClient } from './client.ts';
import { VERSION } from './version.ts';

/** A file of questions may have to wait for the rate limit many times. */
const PATIENCE_MS = 120_000;

export interface OpenServer {
  address: string;
  close(): Promise<void>;
}

/** All that the command line has to do with the world. */
export interface CliSurroundings {
  terminal: Terminal;
  clock: Clock;
  /** From the environment; options go before them. */
  server: string | undefined;
  key: string | undefined;
  /** Such as `pt_BR.UTF-8`. */
  locale: string | undefined;
  /** Aborted by Ctrl-C. */
  interrupted: AbortSignal;
  /** Rejects where there is no such file. */
  readFile(path: string): Promise<string>;
  readStdin(): Promise<string>;
  /**
   * Finds the server that runs here, or starts one that ends with this command.
   * `keep`: one that remembers its jobs for the next command.
   */
  openServer(wish: { keep: boolean; onStart: () => void }): Promise<OpenServer>;
}

/** What is asked, wherever it stands. */
async function readInput(around: CliSurroundings, command: Command): Promise<string> {
  if (command.name === 'ask') return command.question === '-' ? around.readStdin() : command.question;
  if (command.name !== 'file') return '';
  if (command.path === '-') return around.readStdin();
  try {
    return await around.readFile(command.path);
  } catch (error) {
    throw new UsageError(`--file ${command.path}: ${(error as Error).message}`, { cause: error });
  }
}

function questionsIn(text: string, { own }: Words, command: Extract<Command, { name: 'file' }>) {
  const lines = readQuestions(text, command.request);
  if (lines.length === 0) throw new UsageError(own.emptyFile(command.path));
  return lines;
}

async function run(context: Context, command: Command, input: string): Promise<ExitCode> {
  switch (command.name) {
    case 'ask':
      return ask(context, { ...command.request, question: input.trim() });
    case 'file':
      return askFile(context, questionsIn(input, context.words, command), command.concurrency);
    case 'list':
      return list(context, command);
    case 'providers':
      return providers(context);
    case 'help':
      context.terminal.out(context.words.own.help);
      return EXIT.ok;
    case 'version':
      context.terminal.out(`${VERSION}\n`);
      return EXIT.ok;
    default:
      return { get, watch, cancel }[command.name](context, command.id);
  }
}

async function withServer(
  around: CliSurroundings,
  { command, json, server = around.server, key = around.key }: Invocation,
  words: Words,
  use: (client: Context['client']) => Promise<ExitCode>,
): Promise<ExitCode> {
  const { clock, terminal } = around;
  const onStart = () => {
    if (!json) terminal.err(`${words.own.starting}\n`);
  };
  const isLocal = command.name === 'help' || command.name === 'version';
  const opened =
    server === undefined && !isLocal
      ? await around.openServer({ keep: command.name === 'file', onStart })
      : { address: server ?? 'http://localhost', close: async () => {} };
  try {
    around.interrupted.throwIfAborted();
    return await use(createClient({ baseUrl: opened.address, key, clock, patienceMs: PATIENCE_MS }));
  } finally {
    await opened.close();
  }
}

/** Runs one command; resolves with the exit code. Rejects only with what nobody foresaw. */
export async function runCli(args: readonly string[], around: CliSurroundings): Promise<ExitCode> {
  const { terminal, clock, interrupted } = around;
  const paint = createPaint(terminal.color);
  let words = chooseWords(around.locale);
  const grace = afterGrace(interrupted, clock);
  let json = args.includes('--json');
  try {
    const invocation = parseCommandLine(args);
    json = invocation.json;
    const { command } = invocation;
    const input = await readInput(around, command);
    if (command.name === 'ask') words = chooseWords(around.locale, input);
    return await withServer(around, invocation, words, (client) =>
      run(
        { client, terminal, paint, words, clock, json, interrupted, givenUp: grace.signal },
        command,
        input,
      ),
    );
  } catch (error) {
    if (interrupted.aborted && error === interrupted.reason) {
      if (!json) terminal.err(`${words.own.stopped}\n`);
      return EXIT.canceled;
    }
    const failure = failureOf(error, words);
    report(terminal, json, failure);
    return failure.exitCode;
  } finally {
    grace.end();
  }
}
