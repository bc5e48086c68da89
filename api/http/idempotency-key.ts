import { LIMITS } from '../../shared/contract/limits.ts';
import { ProblemError } from '../../shared/contract/problem.ts';

const QUOTED = /^"((?:[^"\\]|\\["\\])*)"$/;

function reject(message: string): never {
  throw new ProblemError('invalid_request', 'The Idempotency-Key is not valid.', {
    errors: [{ at: 'header:Idempotency-Key', message }],
  });
}

/** The key of an Idempotency-Key header, which stands in quotes by the draft and bare by habit: both name the same key. */
export function parseIdempotencyKey(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  const text = header.trim();
  const quoted = QUOTED.exec(text)?.[1];
  if (text.startsWith('"') && quoted === undefined) reject('has a quote that does not end');
  const key = quoted === undefined ? text : quoted.replace(/\\(.)/g, '$1');
  if (key === '') reject('must not be empty');
  if (key.length > LIMITS.idempotencyKeyCharacters) {
    reject(`must have at most ${LIMITS.idempotencyKeyCharacters} characters`);
  }
  if (!/^[\x20-\x7e]+$/.test(key)) reject('must be printable ASCII');
  return key;
}
