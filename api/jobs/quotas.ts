import { ProblemError } from '../../shared/contract/problem.ts';
import type { Log } from '../../shared/log.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { Store } from '../../shared/ports/store.ts';

const DAY_MS = 24 * 3600 * 1000;

/** Takes back what was counted. It never rejects: a question too many in the count hurts less than an error here. */
export type GiveBack = () => Promise<void>;

/** Each client's questions of a day (UTC), counted in the table. */
export class Quotas {
  readonly #deps: { store: Store; clock: Clock; log: Log; perDay: number };
  /** Clients that were refused, and the day of it. */
  #refused = { day: '', clients: new Set<string>() };

  constructor(deps: { store: Store; clock: Clock; log: Log; perDay: number }) {
    this.#deps = deps;
  }

  /** Counts a question; undefined where the client has no more of them today. */
  async count(client: string): Promise<GiveBack | undefined> {
    const { store, log, perDay } = this.#deps;
    const day = this.#today();
    if (!(await store.countQuestion(client, day, perDay))) {
      if (this.#refused.day !== day) this.#refused = { day, clients: new Set() };
      this.#refused.clients.add(client);
      return undefined;
    }
    return async () => {
      try {
        await store.uncountQuestion(client, day);
      } catch (error) {
        log.warn({ err: error, client }, 'a question that was not accepted stays counted');
      }
    };
  }

  /** Whether this process has refused the client today: the next question is likely to be refused too. */
  hasRefused(client: string): boolean {
    return this.#refused.day === this.#today() && this.#refused.clients.has(client);
  }

  exceeded(): ProblemError {
    const { clock, perDay } = this.#deps;
    const untilMidnightMs = DAY_MS - (clock.now() % DAY_MS);
    return new ProblemError('quota_exceeded', `The ${perDay} questions of today (UTC) are used up.`, {
      retryAfterSeconds: Math.ceil(untilMidnightMs / 1000),
    });
  }

  #today(): string {
    return new Date(this.#deps.clock.now()).toISOString().slice(0, 10);
  }
}
