import { ProblemError } from '../../shared/contract/problem.ts';

/** Long enough for some other stream to end; a job that is polled meanwhile misses nothing. */
const RETRY_SECONDS = 2;

/**
 * Counts the responses of this process that stay open while a job runs: event streams, long polls, completions.
 * Each holds a connection and memory for as long as its client likes.
 */
export class StreamSlots {
  readonly #perClient: number;
  readonly #most: number;
  readonly #open = new Map<string, number>();
  #all = 0;

  constructor(limits: { perClient: number; most: number }) {
    this.#perClient = limits.perClient;
    this.#most = limits.most;
  }

  /** Those that are open now. */
  get open(): number {
    return this.#all;
  }

  /** Takes a slot; what it returns gives it back, once, however often it is called. Throws `too_many_streams`. */
  take(client: string): () => void {
    const own = this.#open.get(client) ?? 0;
    if (own >= this.#perClient) refuse(`You have ${own} streams and long polls open here, the most allowed.`);
    if (this.#all >= this.#most) refuse('This server has as many streams and long polls open as it may.');
    this.#open.set(client, own + 1);
    this.#all += 1;
    let held = true;
    return () => {
      if (held) this.#giveBack(client);
      held = false;
    };
  }

  #giveBack(client: string): void {
    const left = (this.#open.get(client) ?? 1) - 1;
    if (left > 0) this.#open.set(client, left);
    else this.#open.delete(client);
    this.#all -= 1;
  }
}

function refuse(detail: string): never {
  throw new ProblemError('too_many_streams', `${detail} Let one end, or poll the job without waiting.`, {
    retryAfterSeconds: RETRY_SECONDS,
  });
}
