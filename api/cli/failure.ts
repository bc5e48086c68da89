import { ConfigError } from '../../shared/config/env-reader.ts';
import { EXIT_CONFIG, ExitError } from '../../shared/run-service.ts';
import { ApiError, NetworkError } from '../client.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { UsageError } from './parse-args.ts';
import { LineError } from './read-questions.ts';
import { cleanJson, cleanText, type Terminal } from './terminal.ts';
import type { Words } from './words.ts';

/** What went wrong, for whoever typed the command. */
export interface Failure {
  exitCode: ExitCode;
  code: string;
  message: string;
}

/** Throws what nobody foresaw. */
export function failureOf(error: unknown, { say, own }: Words): Failure {
  if (error instanceof UsageError) {
    return { exitCode: EXIT.usage, code: 'usage', message: `${error.message}\n${own.seeHelp}` };
  }
  if (error instanceof LineError) {
    return { exitCode: EXIT.usage, code: 'usage', message: own.badLine(error.line, error.message) };
  }
  if (error instanceof NetworkError) {
    return { exitCode: EXIT.unreachable, code: 'unreachable', message: error.message };
  }
  if (error instanceof ApiError) {
    const { code, status, requestId } = error;
    const details = [
      ...error.errors.map(({ at, message }) => `${at}: ${message}`),
      ...(code === 'invalid_request' && error.errors.length === 0 ? [error.message] : []),
      ...(status >= 500 && requestId ? [`X-Request-Id: ${requestId}`] : []),
    ];
    const message = [say.problem[code], ...details].join('\n  ');
    const isServing = status < 500 && code !== 'unrecognized';
    return { exitCode: isServing ? EXIT.refused : EXIT.unreachable, code, message };
  }
  // Where no server is named, one is started here: what is wrong with its settings was typed here too.
  if (error instanceof ConfigError || (error instanceof ExitError && error.exitCode === EXIT_CONFIG)) {
    return { exitCode: EXIT.usage, code: 'configuration', message: error.message };
  }
  if (error instanceof ExitError) {
    return { exitCode: EXIT.unreachable, code: 'no_server', message: error.message };
  }
  throw error;
}

export function report(terminal: Terminal, json: boolean, { code, message }: Failure): void {
  if (json) terminal.out(`${cleanJson({ error: { code, message } })}\n`);
  else terminal.err(`${cleanText(message)}\n`);
}
