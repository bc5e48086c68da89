import type { Clock } from '../../ports/clock.ts';
import type { Delivery, ExtendResult, Queue, QueueDepth, TraceParent } from '../../ports/queue.ts';

/** Made once: an error of its own for each wait would cost more than the wait. */
const WOKEN = new Error('woken');

interface Message {
  id: string;
  body: string;
  trace: TraceParent | undefined;
  visibleAt: number;
  receipt: string | undefined;
  receives: number;
}

/** A queue in this process's memory, for tests, with visibility timeouts on the clock it is given. */
export class MemoryQueue implements Queue {
  readonly #clock: Clock;
  readonly #messages = new Map<string, Message>();
  readonly deadLetters: { body: string; reason: string }[] = [];
  #sequence = 0;
  #wake = Promise.withResolvers<void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async send(body: string, trace?: TraceParent): Promise<void> {
    const id = `message-${++this.#sequence}`;
    this.#messages.set(id, {
      id,
      body,
      trace: trace && { ...trace },
      visibleAt: this.#clock.monotonic(),
      receipt: undefined,
      receives: 0,
    });
    this.#wakeAll();
  }

  async receive(max: number, waitSeconds: number, visibilitySeconds: number): Promise<Delivery[]> {
    const until = this.#clock.monotonic() + waitSeconds * 1000;
    for (;;) {
      const found = this.#take(max, visibilitySeconds);
      const left = until - this.#clock.monotonic();
      if (found.length > 0 || left <= 0) return found;
      await this.#somethingOr(left);
    }
  }

  async ack(receipt: string): Promise<void> {
    const message = this.#held(receipt);
    if (message) this.#messages.delete(message.id);
  }

  async extend(receipt: string, visibilitySeconds: number): Promise<ExtendResult> {
    const message = this.#held(receipt);
    if (!message || message.visibleAt <= this.#clock.monotonic()) return 'lost';
    message.visibleAt = this.#clock.monotonic() + visibilitySeconds * 1000;
    if (visibilitySeconds === 0) this.#wakeAll();
    return 'extended';
  }

  async sendDeadLetter(body: string, reason: string): Promise<void> {
    this.deadLetters.push({ body, reason });
  }

  async depth(): Promise<QueueDepth> {
    const now = this.#clock.monotonic();
    const visible = [...this.#messages.values()].filter((message) => message.visibleAt <= now).length;
    return { visible, inFlight: this.#messages.size - visible, delayed: 0 };
  }

  async close(): Promise<void> {}

  #held(receipt: string): Message | undefined {
    return [...this.#messages.values()].find((message) => message.receipt === receipt);
  }

  #take(max: number, visibilitySeconds: number): Delivery[] {
    const now = this.#clock.monotonic();
    return [...this.#messages.values()]
      .filter((message) => message.visibleAt <= now)
      .slice(0, max)
      .map((message) => {
        message.visibleAt = now + visibilitySeconds * 1000;
        message.receives += 1;
        message.receipt = `${message.id}/${message.receives}`;
        return {
          body: message.body,
          receipt: message.receipt,
          messageId: message.id,
          receiveCount: message.receives,
          trace: message.trace,
        };
      });
  }

  /** Until a message is sent or given back, or the next one becomes visible, or `leftMs` pass. */
  async #somethingOr(leftMs: number): Promise<void> {
    const now = this.#clock.monotonic();
    const nextMs = Math.min(leftMs, ...[...this.#messages.values()].map(({ visibleAt }) => visibleAt - now));
    const timeout = new AbortController();
    const slept = this.#clock.sleep(Math.max(1, nextMs), timeout.signal).catch(() => {});
    await Promise.race([slept, this.#wake.promise]);
    timeout.abort(WOKEN);
  }

  #wakeAll(): void {
    this.#wake.resolve();
    this.#wake = Promise.withResolvers<void>();
  }
}
