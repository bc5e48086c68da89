/** The latest events that nobody has waited for yet are kept, so that none is missed; older ones are let go. */
const MAX_KEPT = 1000;

/** Events to be awaited one by one, whether they come before or after the waiting begins. */
export class EventQueue<Event> {
  readonly #kept: Event[] = [];
  readonly #waiters: ((event: Event) => void)[] = [];

  push(event: Event): void {
    const waiter = this.#waiters.shift();
    if (waiter) {
      waiter(event);
      return;
    }
    this.#kept.push(event);
    if (this.#kept.length > MAX_KEPT) this.#kept.shift();
  }

  next(): Promise<Event> {
    const event = this.#kept.shift();
    if (event !== undefined) return Promise.resolve(event);
    return new Promise((resolve) => this.#waiters.push(resolve));
  }
}
