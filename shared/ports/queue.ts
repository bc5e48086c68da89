/** To which trace a message belongs: W3C Trace Context, https://www.w3.org/TR/trace-context/ */
export interface TraceParent {
  traceparent: string;
  tracestate?: string;
}

/** One receipt of one message. The same message received again has another `receipt`. */
export interface Delivery {
  body: string;
  receipt: string;
  messageId: string;
  /** How often the queue says it handed the message out: a hint, for logs and for what to try first. */
  receiveCount: number;
  /** As it was sent along; undefined where nothing was. */
  trace?: TraceParent | undefined;
}

/** `lost`: the receipt is no longer good. `failed`: not known; try again while the lease lasts. */
export type ExtendResult = 'extended' | 'lost' | 'failed';

export interface QueueDepth {
  visible: number;
  inFlight: number;
  delayed: number;
}

/** A queue with visibility timeouts, at least once, in no order: what SQS promises, and no more. */
export interface Queue {
  /** Resolves once the message is durably in the queue; rejects with `QueueUnavailableError`. `trace` stands beside the body. */
  send(body: string, trace?: TraceParent): Promise<void>;
  /** Waits up to `waitSeconds` for 1 to `max` (≤ 10) messages; each is invisible to others for `visibilitySeconds`. */
  receive(max: number, waitSeconds: number, visibilitySeconds: number): Promise<Delivery[]>;
  /** Deletes. With an old receipt it may do nothing: the message then comes again. */
  ack(receipt: string): Promise<void>;
  /** Keeps, or with 0 gives back, a message: visible again `visibilitySeconds` from now. */
  extend(receipt: string, visibilitySeconds: number): Promise<ExtendResult>;
  /** Puts a body that nobody can work on, with the reason as an attribute, on the dead letter queue. */
  sendDeadLetter(body: string, reason: string): Promise<void>;
  /** Approximate. */
  depth(): Promise<QueueDepth>;
  close(): Promise<void>;
}

/** The queue did not answer, or said no for a reason that passes. */
export class QueueUnavailableError extends Error {
  constructor(doing: string, cause: unknown) {
    super(
      `the queue is unavailable while ${doing}: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
    this.name = 'QueueUnavailableError';
  }
}
