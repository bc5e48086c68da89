/** Time comes in as a value, so that tests and simulations own it. */
export interface Clock {
  /** Wall time in epoch milliseconds: for what is stored or shown. */
  now(): number;
  /** Milliseconds that never go back: for leases and durations. */
  monotonic(): number;
  /** Resolves once what has arrived by now has been handled, and what follows from it at once. */
  nextTurn(): Promise<void>;
  /** Resolves after `ms`; rejects with `signal.reason` on abort, leaving no timer and no listener behind. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Calls `fire` after `ms`; what it returns takes that back. For waits of which a job has many: no promise, no signal. */
  after(ms: number, fire: () => void): () => void;
}

/** Randomness comes in as a value too. */
export interface Random {
  /** Uniform in [0, 1). */
  float(): number;
  /** 32 lower-case hex digits, of 122 random bits or more. */
  id(): string;
}
