import { errors } from 'undici';

/** What a connection that broke, or could not be made in time, is called; the SDK tries again by these. */
const BROKEN_CODES = ['ECONNRESET', 'EPIPE', 'ETIMEDOUT'];
const BROKEN_CLASSES = [
  errors.ConnectTimeoutError,
  errors.SocketError,
  errors.ResponseContentLengthMismatchError,
];

/** The names that the SDK's own handler gives to what goes wrong. */
export function asSdkError(error: Error): Error {
  const { code = '' } = error as NodeJS.ErrnoException;
  if (BROKEN_CODES.includes(code)) return Object.assign(error, { name: 'TimeoutError' });
  if (!BROKEN_CLASSES.some((broken) => error instanceof broken)) return error;
  const sdkCode = error instanceof errors.ConnectTimeoutError ? 'ETIMEDOUT' : 'ECONNRESET';
  return Object.assign(new Error(error.message, { cause: error }), { name: 'TimeoutError', code: sdkCode });
}

export function abortError({ reason }: AbortSignal): Error {
  return Object.assign(new Error('Request aborted', { cause: reason }), { name: 'AbortError' });
}

export function timeoutError(timeoutMs: number): Error {
  const message = `the request has exceeded its ${timeoutMs} ms`;
  return Object.assign(new Error(message), { name: 'TimeoutError', code: 'ETIMEDOUT' });
}
