import { type DestinationStream, type Logger, pino } from 'pino';
import type { LogLevel } from './config/common.ts';
import { LinesOfTurn } from './lines-of-turn.ts';

export type Log = Logger;

const STDOUT = 1;

/** Wherever one of these stands in an event, or in an object of an event, its value is not written. */
const SECRETS: ReadonlySet<string> = new Set([
  'authorization',
  'api_key',
  'apiKey',
  'token',
  'secret',
  'password',
  'x-goog-api-key',
]);
const CENSOR = '[redacted]';

function hideSecrets(fields: object): object {
  let shown = fields;
  for (const name in fields) {
    if (SECRETS.has(name) && Object.hasOwn(fields, name)) shown = { ...shown, [name]: CENSOR };
  }
  return shown;
}

/** In the objects of an event. Wildcard paths of pino's would copy all of them, at five times the cost of a line. */
function hideInObjects(event: Record<string, unknown>): Record<string, unknown> {
  let shown = event;
  for (const name in event) {
    const value = event[name];
    // Errors are read by their serializer, and only then hidden.
    if (name === 'err' || typeof value !== 'object' || value === null) continue;
    const safe = hideSecrets(value);
    if (safe !== value) shown = { ...shown, [name]: safe };
  }
  return shown;
}

/**
 * JSON lines, one wide event a request and a job. No question and no answer stands in an event:
 * what is logged is chosen field by field, and secrets are redacted beside that.
 */
export function createLog(service: string, level: LogLevel, destination?: DestinationStream): Log {
  const options = {
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }), log: hideInObjects },
    redact: { paths: [...SECRETS].map((name) => `["${name}"]`), censor: CENSOR },
    serializers: { err: (error: Error) => hideSecrets(pino.stdSerializers.err(error)) },
  };
  // `sync`: lines that wait for a reader who is gone would be tried for ever when the process exits.
  return pino(options, destination ?? new LinesOfTurn(pino.destination({ dest: STDOUT, sync: true })));
}
