import type { IncomingHttpHeaders } from 'node:http';
import { type Dispatcher, errors } from 'undici';

export interface SdkResponse {
  statusCode: number;
  /** By names in lower case. */
  headers: Record<string, string>;
  body: Uint8Array;
}

type Resolve = (value: { response: SdkResponse }) => void;
type Reject = (error: Error) => void;

/** What a connection that broke, or could not be made in time, is called; the SDK tries again by these. */
const BROKEN_CODES = ['ECONNRESET', 'EPIPE', 'ETIMEDOUT'];
const BROKEN_CLASSES = [
  errors.ConnectTimeoutError,
  errors.SocketError,
  errors.ResponseContentLengthMismatchError,
];

/** The names that the SDK's own handler gives to what goes wrong. */
function asSdkError(error: Error): Error {
  const { code = '' } = error as NodeJS.ErrnoException;
  if (BROKEN_CODES.includes(code)) return Object.assign(error, { name: 'TimeoutError' });
  if (!BROKEN_CLASSES.some((broken) => error instanceof broken)) return error;
  const sdkCode = error instanceof errors.ConnectTimeoutError ? 'ETIMEDOUT' : 'ECONNRESET';
  return Object.assign(new Error(error.message, { cause: error }), { name: 'TimeoutError', code: sdkCode });
}

function abortError({ reason }: AbortSignal): Error {
  return Object.assign(new Error('Request aborted', { cause: reason }), { name: 'AbortError' });
}

function timeoutError(timeoutMs: number): Error {
  const message = `the request has exceeded its ${timeoutMs} ms`;
  return Object.assign(new Error(message), { name: 'TimeoutError', code: 'ETIMEDOUT' });
}

function joined(headers: IncomingHttpHeaders): Record<string, string> {
  for (const name in headers) {
    const value = headers[name];
    if (Array.isArray(value)) headers[name] = value.join(',');
  }
  return headers as Record<string, string>;
}

/** One request and its response, which is given out whole. It ends once, by whichever of its ends comes first. */
export class Exchange implements Dispatcher.DispatchHandler {
  readonly #resolve: Resolve;
  readonly #reject: Reject;
  readonly #timer: NodeJS.Timeout;
  readonly #chunks: Buffer[] = [];
  #statusCode = 0;
  #headers: Record<string, string> = {};
  #controller: Dispatcher.DispatchController | undefined;
  /** Why it was given up. */
  #stopped: Error | undefined;
  #forget: (() => void) | undefined;

  constructor(resolve: Resolve, reject: Reject, timeoutMs: number) {
    this.#resolve = resolve;
    this.#reject = reject;
    this.#timer = setTimeout(() => this.#stop(timeoutError(timeoutMs)), timeoutMs);
  }

  /** Gives up when `signal` says so; false where it has. */
  heed(signal: AbortSignal): boolean {
    const stop = () => this.#stop(abortError(signal));
    if (signal.aborted) stop();
    else {
      signal.addEventListener('abort', stop);
      this.#forget = () => signal.removeEventListener('abort', stop);
    }
    return !signal.aborted;
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    // It may have waited for a connection for longer than anybody waits for it.
    if (this.#stopped) controller.abort(this.#stopped);
    else this.#controller = controller;
  }

  onResponseStart(_: Dispatcher.DispatchController, statusCode: number, headers: IncomingHttpHeaders): void {
    this.#statusCode = statusCode;
    this.#headers = joined(headers);
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    this.#end();
    const [first, ...others] = this.#chunks;
    const body = first && others.length === 0 ? first : Buffer.concat(this.#chunks);
    this.#resolve({ response: { statusCode: this.#statusCode, headers: this.#headers, body } });
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    this.#end();
    this.#reject(asSdkError(error));
  }

  #stop(reason: Error): void {
    this.#stopped = reason;
    this.#end();
    this.#reject(reason);
    this.#controller?.abort(reason);
  }

  #end(): void {
    clearTimeout(this.#timer);
    this.#forget?.();
  }
}
