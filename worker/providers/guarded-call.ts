import type { Completion } from '../../shared/contract/outcome.ts';
import { type Failure, failureOf } from './failure.ts';

/** Runs one call under the caller's signal and turns what it rejects with into an outcome. */
export function guardedCall(
  signal: AbortSignal,
  call: () => Promise<Completion>,
  explain: (error: unknown) => Failure,
): Promise<Completion> {
  if (signal.aborted) return Promise.resolve(stopped(signal.reason, false));
  // No async function: one that waits keeps all that it has in hand.
  return call().catch((error) => (signal.aborted ? stopped(signal.reason, true) : explain(error)));
}

/** The outcome of a call that the caller ended: a `TimeoutError` as reason is a timeout, all else an abort. */
export function stopped(reason: unknown, possiblyBilled: boolean): Failure {
  const timedOut = reason instanceof Error && reason.name === 'TimeoutError';
  return failureOf(timedOut ? 'timeout' : 'aborted', { possiblyBilled });
}

/** Codes of failures before the request was written: nothing can have been billed. */
const UNSENT_CODES: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** Maps an error below HTTP: a body that is no JSON, one that is too large, or a connection that failed. */
export function failureOfTransport(error: unknown): Failure {
  if (someCause(error, (cause) => cause instanceof SyntaxError)) {
    return failureOf('bad_response', { note: 'its body is not JSON', possiblyBilled: true });
  }
  const code = codeOf(error);
  if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') {
    return failureOf('bad_response', { note: 'its body is too large', possiblyBilled: true });
  }
  return failureOf('network', {
    ...(code !== undefined && { note: code }),
    possiblyBilled: code === undefined || !UNSENT_CODES.has(code),
  });
}

function codeOf(error: unknown): string | undefined {
  let code: string | undefined;
  someCause(error, (cause) => {
    if ('code' in cause && typeof cause.code === 'string') code = cause.code;
    return code !== undefined;
  });
  return code;
}

/** Walks an error and its causes; a chain longer than any real one is cut, lest it be a circle. */
function someCause(error: unknown, matches: (cause: Error) => boolean): boolean {
  let current = error;
  for (let depth = 0; depth < 8 && current instanceof Error; depth++) {
    if (matches(current)) return true;
    current = current instanceof AggregateError ? current.errors[0] : current.cause;
  }
  return false;
}
