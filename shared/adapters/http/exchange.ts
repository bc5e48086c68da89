import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';

/** What a reply begins with; names of headers are in lower case. */
export interface ReplyHead {
  status: number;
  headers: IncomingHttpHeaders;
}

/** The standard's Response knows none beyond. */
const STATUS_MAX = 599;

/**
 * One request on its way through undici: the head of its reply, then its body, gathered whole. An abort of `signal`,
 * or `giveUp`, rejects both at once with its reason and ends the connection.
 */
export class Exchange implements Dispatcher.DispatchHandler {
  readonly #signal: AbortSignal | null;
  readonly #head = Promise.withResolvers<ReplyHead>();
  readonly #body = Promise.withResolvers<Buffer>();
  readonly #chunks: Buffer[] = [];
  #controller: Dispatcher.DispatchController | undefined;
  #givenUp: { reason: Error } | undefined;

  constructor(signal: AbortSignal | null) {
    this.#signal = signal;
    signal?.addEventListener('abort', this);
  }

  get head(): Promise<ReplyHead> {
    return this.#head.promise;
  }

  get body(): Promise<Buffer> {
    return this.#body.promise;
  }

  giveUp(reason: Error): void {
    this.#givenUp = { reason };
    this.#fail(reason);
    this.#controller?.abort(reason);
  }

  /** The signal's abort. */
  handleEvent(): void {
    this.giveUp(this.#signal?.reason);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    // It waited for a connection for longer than anybody waits for it.
    if (this.#givenUp) controller.abort(this.#givenUp.reason);
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: IncomingHttpHeaders,
  ): void {
    if (status > STATUS_MAX) controller.abort(new RangeError(`a reply with the status ${status}`));
    else if (status >= 200) this.#head.resolve({ status, headers });
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    this.#signal?.removeEventListener('abort', this);
    const [only] = this.#chunks;
    this.#body.resolve(only && this.#chunks.length === 1 ? only : Buffer.concat(this.#chunks));
  }

  onResponseError(_controller: unknown, error: Error): void {
    this.#fail(error);
  }

  #fail(error: Error): void {
    this.#signal?.removeEventListener('abort', this);
    // Whoever has no head will not ask for the body.
    this.#body.promise.catch(() => {});
    this.#head.reject(error);
    this.#body.reject(error);
  }
}
