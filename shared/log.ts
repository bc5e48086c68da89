import { type DestinationStream, type Logger, pino } from 'pino';
import type { LogLevel } from './config/common.ts';

export type Log = Logger;

const STDOUT = 1;

/** Wherever one of these stands in an event, its value is not written. */
const SECRETS = ['authorization', 'api_key', 'apiKey', 'token', 'secret', 'password', 'x-goog-api-key'];

/**
 * JSON lines, one wide event a request and a job. No question and no answer stands in an event:
 * what is logged is chosen field by field, and secrets are redacted beside that.
 */
export function createLog(service: string, level: LogLevel, destination?: DestinationStream): Log {
  const options = {
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: SECRETS.flatMap((name) => [`["${name}"]`, `*["${name}"]`]), censor: '[redacted]' },
    serializers: { err: pino.stdSerializers.err },
  };
  // Written at once: lines that wait for a reader who is gone would be tried for ever when the process exits.
  return pino(options, destination ?? pino.destination({ dest: STDOUT, sync: true }));
}
