import type { Clock } from '../../shared/ports/clock.ts';
import type { Queue } from '../../shared/ports/queue.ts';
import type { ReportError } from '../report-error.ts';

/** Why a run must stop deciding. */
export class LeaseLostError extends Error {
  constructor(why: string) {
    super(`the lease is lost: ${why}`);
    this.name = 'LeaseLostError';
  }
}

interface Lease {
  receipt: string;
  /** Monotonic time up to which the message is surely ours. */
  goodUntil: number;
  controller: AbortController;
  renewal: Promise<void>;
}

export interface HeldLease {
  /** Aborts, with `LeaseLostError`, before another worker can be given the message. */
  readonly signal: AbortSignal;
  /** Resolves once no heartbeat for it is under way: a late one would take back what is given back. */
  release(): Promise<void>;
}

export interface LeaseDeps {
  clock: Clock;
  queue: Queue;
  visibilitySeconds: number;
  /** Says that this worker lives, before its heartbeats; a failure is counted against every lease. */
  announce: () => Promise<void>;
  onError: ReportError;
}

/**
 * Keeps messages invisible while they are worked on: a heartbeat every third of the visibility.
 * A lease ends a sixth of the visibility before the queue's own clock would end it, measured on a clock
 * that never goes back, from before the request that renewed it.
 */
export class Leases {
  readonly #deps: LeaseDeps;
  readonly #visibilityMs: number;
  readonly #leases = new Set<Lease>();
  readonly #stop = new AbortController();
  #announcedAt: number;
  #loops: Promise<unknown> = Promise.resolve();

  constructor(deps: LeaseDeps) {
    this.#deps = deps;
    this.#visibilityMs = deps.visibilitySeconds * 1000;
    this.#announcedAt = deps.clock.monotonic();
  }

  /** Announces this worker, then beats until `stop`. Rejects where the first announcement fails. */
  async start(): Promise<void> {
    const began = this.#deps.clock.monotonic();
    await this.#deps.announce();
    this.#announcedAt = began;
    this.#loops = Promise.all([
      this.#every(this.#visibilityMs / 3, () => this.#beat()),
      this.#every(this.#visibilityMs / 18, () => this.#expire()),
    ]);
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#loops;
  }

  /** `receivedAt`: monotonic time from before the receive that brought the message. */
  hold(receipt: string, receivedAt: number): HeldLease {
    const lease: Lease = {
      receipt,
      goodUntil: this.#goodUntil(receivedAt),
      controller: new AbortController(),
      renewal: Promise.resolve(),
    };
    this.#leases.add(lease);
    return {
      signal: lease.controller.signal,
      release: () => {
        this.#leases.delete(lease);
        return lease.renewal;
      },
    };
  }

  get held(): number {
    return this.#leases.size;
  }

  #goodUntil(from: number): number {
    return from + this.#visibilityMs - this.#visibilityMs / 6;
  }

  async #every(ms: number, work: () => void): Promise<void> {
    const { clock } = this.#deps;
    while (!this.#stop.signal.aborted) {
      await clock.sleep(ms, this.#stop.signal).catch(() => {});
      if (!this.#stop.signal.aborted) work();
    }
  }

  /** Not awaited by its loop: a request that hangs must not delay the next beat. */
  async #beat(): Promise<void> {
    const began = this.#deps.clock.monotonic();
    try {
      await this.#deps.announce();
      this.#announcedAt = Math.max(this.#announcedAt, began);
    } catch (error) {
      this.#deps.onError('announcing this worker', error);
    }
    for (const lease of this.#leases) lease.renewal = this.#renew(lease);
  }

  async #renew(lease: Lease): Promise<void> {
    const began = this.#deps.clock.monotonic();
    try {
      const result = await this.#deps.queue.extend(lease.receipt, this.#deps.visibilitySeconds);
      if (result === 'extended') lease.goodUntil = Math.max(lease.goodUntil, this.#goodUntil(began));
      if (result === 'lost') this.#lose(lease, 'the queue no longer knows the receipt');
    } catch (error) {
      this.#deps.onError('extending a message', error);
    }
  }

  #expire(): void {
    const now = this.#deps.clock.monotonic();
    const unseen = now >= this.#goodUntil(this.#announcedAt);
    for (const lease of [...this.#leases]) {
      if (unseen) this.#lose(lease, 'this worker could not announce itself');
      else if (now >= lease.goodUntil) this.#lose(lease, 'the message could not be extended');
    }
  }

  #lose(lease: Lease, why: string): void {
    if (!this.#leases.delete(lease)) return;
    lease.controller.abort(new LeaseLostError(why));
  }
}
