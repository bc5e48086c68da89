import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';

export interface Reply {
  status: number;
  /** By names in lower case. */
  headers: IncomingHttpHeaders;
  /** Gathered whole; why it broke off, where it did. */
  body: Buffer | Error;
}

/** The standard's Response knows none beyond. */
const STATUS_MAX = 599;

/**
 * One request on its way through undici. An abort of `signal`, or `giveUp`, ends it and its connection at once: with
 * its reason, or with a reply that breaks off for it.
 */
export class Exchange implements Dispatcher.DispatchHandler {
  readonly #signal: AbortSignal | null;
  readonly #reply = Promise.withResolvers<Reply>();
  readonly #chunks: Buffer[] = [];
  #head: Pick<Reply, 'status' | 'headers'> | undefined;
  #controller: Dispatcher.DispatchController | undefined;
  #givenUp: { reason: Error } | undefined;

  constructor(signal: AbortSignal | null) {
    this.#signal = signal;
    signal?.addEventListener('abort', this);
  }

  /** Rejects where no reply began. */
  get reply(): Promise<Reply> {
    return this.#reply.promise;
  }

  giveUp(reason: Error): void {
    this.#givenUp = { reason };
    this.#end(reason);
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
    else if (status >= 200) this.#head = { status, headers };
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    const [only] = this.#chunks;
    this.#end(only && this.#chunks.length === 1 ? only : Buffer.concat(this.#chunks));
  }

  onResponseError(_controller: unknown, error: Error): void {
    this.#end(error);
  }

  #end(body: Buffer | Error): void {
    this.#signal?.removeEventListener('abort', this);
    if (this.#head) this.#reply.resolve({ ...this.#head, body });
    else this.#reply.reject(body);
  }
}
