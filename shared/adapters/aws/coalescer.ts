import DataLoader from 'dataloader';

/** For each input, in their order, its output or why there is none. */
export type CallBatch<Input, Output> = (inputs: readonly Input[]) => Promise<(Output | Error)[]>;

export interface CoalescerLimits {
  maxBatch: number;
  /** Calls under way at once where there is so much to do. */
  maxUnderWay: number;
  /** Milliseconds that what is not full waits for calls under way; default 25. */
  patienceMs?: number;
  /** True where nobody waits for the outputs: what is not full waits even if no call is under way. */
  patient?: boolean;
}

/** A call that is slow, or hangs, holds nobody up for longer. */
const PATIENCE_MS = 25;

/**
 * Turns single requests into batched calls, with no linger unless it is asked for: what arrives together, or while
 * a call is under way, goes into the next call.
 */
export class Coalescer<Input, Output> {
  readonly #loader: DataLoader<Input, Output>;
  readonly #maxBatch: number;
  readonly #maxUnderWay: number;
  readonly #patienceMs: number;
  readonly #patient: boolean;
  /** Batches; all but the last are full. */
  readonly #waiting: (() => void)[] = [];
  #inLast = 0;
  readonly #idlers: (() => void)[] = [];
  #underWay = 0;
  #patience: NodeJS.Timeout | undefined;

  constructor(call: CallBatch<Input, Output>, limits: CoalescerLimits) {
    this.#maxBatch = limits.maxBatch;
    this.#maxUnderWay = limits.maxUnderWay;
    this.#patienceMs = limits.patienceMs ?? PATIENCE_MS;
    this.#patient = limits.patient ?? false;
    this.#loader = new DataLoader((inputs) => this.#run(call, inputs), {
      cache: false,
      maxBatchSize: limits.maxBatch,
      batchScheduleFn: (dispatch) => {
        this.#waiting.push(dispatch);
        this.#inLast = 0;
        // After this turn's I/O: the requests that it brings share one call.
        setImmediate(() => this.#dispatch());
      },
    });
  }

  add(input: Input): Promise<Output> {
    const output = this.#loader.load(input);
    this.#inLast += 1;
    // A batch that is full need not wait for the rest of a long turn.
    if (this.#inLast === this.#maxBatch) this.#dispatch();
    return output;
  }

  /** Resolves once nothing is waiting or under way. */
  async idle(): Promise<void> {
    if (this.#underWay + this.#waiting.length === 0) return;
    await new Promise<void>((resolve) => this.#idlers.push(resolve));
  }

  async #run(call: CallBatch<Input, Output>, inputs: readonly Input[]): Promise<(Output | Error)[]> {
    this.#underWay += 1;
    try {
      return await call(inputs);
    } finally {
      this.#underWay -= 1;
      this.#dispatch();
    }
  }

  #dispatch(): void {
    while (this.#waiting.length > 0 && this.#underWay < this.#maxUnderWay) {
      const isFull = this.#waiting.length > 1 || this.#inLast === this.#maxBatch;
      if ((this.#patient || this.#underWay > 0) && !isFull) return void this.#bePatient();
      this.#dispatchFirst();
    }
    if (this.#underWay + this.#waiting.length > 0) return;
    // Not before those who asked have heard of their outputs.
    for (const resolve of this.#idlers.splice(0)) setImmediate(resolve);
  }

  #dispatchFirst(): void {
    clearTimeout(this.#patience);
    this.#patience = undefined;
    this.#waiting.shift()?.();
  }

  #bePatient(): void {
    this.#patience ??= setTimeout(() => this.#dispatchFirst(), this.#patienceMs);
  }
}
