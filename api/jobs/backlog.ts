import { ProblemError } from '../../shared/contract/problem.ts';
import type { Log } from '../../shared/log.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { Queue } from '../../shared/ports/queue.ts';

const FRESH_MS = 1000;
const RETRY_SECONDS = 10;

/** Turns submits away while too many jobs wait: what cannot be begun in time is better not accepted. */
export class Backlog {
  readonly #deps: { queue: Queue; clock: Clock; log: Log; cap: number };
  #asked: { at: number; waiting: Promise<number> } | undefined;

  constructor(deps: { queue: Queue; clock: Clock; log: Log; cap: number }) {
    this.#deps = deps;
  }

  /** Throws `backlog_full`. */
  async assertRoom(): Promise<void> {
    const waiting = await this.#waiting();
    if (waiting < this.#deps.cap) return;
    throw new ProblemError('backlog_full', 'Too many jobs wait to be worked on; try again later.', {
      retryAfterSeconds: RETRY_SECONDS,
    });
  }

  /** Messages that wait, at most a second old; many who ask at once share one answer. */
  #waiting(): Promise<number> {
    const now = this.#deps.clock.monotonic();
    if (!this.#asked || now - this.#asked.at >= FRESH_MS) this.#asked = { at: now, waiting: this.#ask() };
    return this.#asked.waiting;
  }

  /** A depth that is not known stops nobody: the send itself tells whether the queue is there. */
  async #ask(): Promise<number> {
    try {
      return (await this.#deps.queue.depth()).visible;
    } catch (error) {
      this.#deps.log.warn({ err: error }, 'the depth of the queue is not known');
      return 0;
    }
  }
}
