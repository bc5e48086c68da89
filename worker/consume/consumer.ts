import pLimit, { type LimitFunction } from 'p-limit';
import type { Clock } from '../../shared/ports/clock.ts';
import type { Delivery, Queue } from '../../shared/ports/queue.ts';
import type { ReportError } from '../report-error.ts';
import type { Leases } from './leases.ts';
import { type DeliveryOutcome, retryAfterMs, settleDelivery } from './outcome.ts';

/** Does the work that a message asks for. `leaseLost` aborts when the message may go to another worker. */
export type DeliveryHandler = (delivery: Delivery, leaseLost: AbortSignal) => Promise<Handled>;

/** The slot is free once a handler returns; the message is settled once its outcome is known. */
export interface Handled {
  outcome: DeliveryOutcome | Promise<DeliveryOutcome>;
}

export interface ConsumerDeps {
  queue: Queue;
  clock: Clock;
  leases: Leases;
  handle: DeliveryHandler;
  concurrency: number;
  pollSeconds: number;
  visibilitySeconds: number;
  /** Told what became of each message, as far as this worker had a say. */
  onSettled: (delivery: Delivery, outcome: DeliveryOutcome) => void;
  onError: ReportError;
}

const BATCH_MAX = 10;
const POLLERS_MAX = 2;
/** How long free slots wait for others: a poll that fills ten costs hardly more than one that fills one. */
const PATIENCE_MS = 25;
/** Of all slots, so many at most wait for others. */
const WAITING_SHARE = 0.1;
const POLL_RETRY_MS = 1000;
const FAILED_HANDLER_RETRY_MS = 5000;

/**
 * Takes only as many messages as there are free slots, and never waits for a batch to end. Where few slots are free, as
 * the others are busy, they wait a moment for more: messages that come together share what is asked for them.
 */
export class Consumer {
  readonly #deps: ConsumerDeps;
  readonly #slots: LimitFunction;
  readonly #stop = new AbortController();
  readonly #settling = new Set<Promise<void>>();
  /** Free slots that are polled for at once. */
  readonly #enough: number;
  #reserved = 0;
  #isPatient = true;
  #cancelWait: (() => void) | undefined;
  #freed = Promise.withResolvers<void>();
  #polls: Promise<unknown> = Promise.resolve();
  #silentSince: number;

  constructor(deps: ConsumerDeps) {
    this.#deps = deps;
    this.#slots = pLimit(deps.concurrency);
    this.#enough = Math.min(BATCH_MAX, Math.max(1, Math.floor(deps.concurrency * WAITING_SHARE)));
    this.#silentSince = deps.clock.monotonic();
  }

  start(): void {
    const pollers = Math.min(POLLERS_MAX, Math.ceil(this.#deps.concurrency / BATCH_MAX));
    this.#polls = Promise.all(Array.from({ length: pollers }, () => this.#poll()));
  }

  /** Stops receiving; resolves once polls under way came back and what they brought was given back. */
  async stop(): Promise<void> {
    this.#stop.abort();
    this.#wake();
    await this.#polls;
  }

  /** Resolves once every message taken has been settled. */
  async idle(): Promise<void> {
    while (this.#settling.size > 0) await Promise.all(this.#settling);
  }

  get busySlots(): number {
    return this.#slots.activeCount + this.#slots.pendingCount;
  }

  /** Milliseconds without an answer of the queue while there was a slot to ask for. */
  get queueSilentMs(): number {
    const isFull = this.busySlots >= this.#deps.concurrency;
    return isFull ? 0 : this.#deps.clock.monotonic() - this.#silentSince;
  }

  #free(): number {
    return this.#deps.concurrency - this.busySlots - this.#reserved;
  }

  async #poll(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      const free = this.#free();
      if (free >= this.#enough || (free > 0 && !this.#isPatient)) {
        await this.#receive(Math.min(BATCH_MAX, free));
      } else {
        if (free > 0) this.#awaitMore();
        await this.#freed.promise;
      }
    }
  }

  #awaitMore(): void {
    this.#cancelWait ??= this.#deps.clock.after(PATIENCE_MS, () => {
      this.#isPatient = false;
      this.#wake();
    });
  }

  async #receive(max: number): Promise<void> {
    const { queue, clock, pollSeconds, visibilitySeconds } = this.#deps;
    const receivedAt = clock.monotonic();
    this.#cancelWait?.();
    this.#cancelWait = undefined;
    this.#isPatient = true;
    this.#reserved += max;
    try {
      const deliveries = await queue.receive(max, pollSeconds, visibilitySeconds);
      this.#silentSince = clock.monotonic();
      for (const delivery of deliveries) this.#take(delivery, receivedAt);
    } catch (error) {
      this.#deps.onError('receiving', error);
      await clock.sleep(POLL_RETRY_MS, this.#stop.signal).catch(() => {});
    } finally {
      this.#reserved -= max;
      this.#wake();
    }
  }

  #take(delivery: Delivery, receivedAt: number): void {
    const work = this.#stop.signal.aborted
      ? this.#settle(delivery, retryAfterMs(0))
      : this.#work(delivery, receivedAt);
    this.#settling.add(work);
    void work.finally(() => this.#settling.delete(work));
  }

  async #work(delivery: Delivery, receivedAt: number): Promise<void> {
    const lease = this.#deps.leases.hold(delivery.receipt, receivedAt);
    const outcome = await this.#outcomeOf(delivery, lease.signal);
    await lease.release();
    await this.#settle(delivery, outcome);
  }

  async #outcomeOf(delivery: Delivery, leaseLost: AbortSignal): Promise<DeliveryOutcome> {
    try {
      const handled = await this.#slots(() => this.#deps.handle(delivery, leaseLost));
      this.#slotFreed();
      return await handled.outcome;
    } catch (error) {
      this.#slotFreed();
      this.#deps.onError('handling a message', error);
      return retryAfterMs(FAILED_HANDLER_RETRY_MS);
    }
  }

  async #settle(delivery: Delivery, outcome: DeliveryOutcome): Promise<void> {
    try {
      await settleDelivery(this.#deps.queue, delivery, outcome);
      this.#deps.onSettled(delivery, outcome);
    } catch (error) {
      // The message becomes visible again by itself, and costs one look at a job that has ended.
      this.#deps.onError('settling a message', error);
    }
  }

  /** Until now all of them may have been busy, and the queue not asked. */
  #slotFreed(): void {
    this.#silentSince = this.#deps.clock.monotonic();
    this.#wake();
  }

  #wake(): void {
    this.#freed.resolve();
    this.#freed = Promise.withResolvers<void>();
  }
}
