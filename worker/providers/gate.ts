import type { Completion, Outcome } from '../../shared/contract/outcome.ts';
import type { ProviderStatus } from '../../shared/job/presence.ts';
import type { Cost } from '../../shared/job/record.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import { type Breaker, createBreaker, type Pass } from './breaker.ts';
import { createLimiter, type Limiter, type Release } from './limiter.ts';
import { Pause } from './pause.ts';
import { type PriceOverrides, priceOf } from './prices.ts';
import type { Prompt, Provider } from './provider.ts';

type MakeCall = (prompt: Prompt, signal: AbortSignal, turn: Turn) => Promise<EndedCall>;

/** A call that may now be made: slot and breaker both said yes. It is used once, or given back. */
export class Turn {
  readonly #makeCall: MakeCall;
  readonly #pass: Pass;
  readonly #release: Release;

  constructor(makeCall: MakeCall, pass: Pass, release: Release) {
    this.#makeCall = makeCall;
    this.#pass = pass;
    this.#release = release;
  }

  /** The slot is held until the call has really ended. Undefined where `signal` came first: no call was made. */
  call(prompt: Prompt, signal: AbortSignal): Promise<EndedCall | undefined> {
    if (!signal.aborted) return this.#makeCall(prompt, signal, this);
    this.giveBack();
    return Promise.resolve(undefined);
  }

  giveBack(): void {
    this.end('aborted');
  }

  /** Tells how its call ended. */
  end(outcome: Outcome): void {
    this.#pass.settle(outcome);
    this.#release();
  }
}

export interface EndedCall {
  completion: Completion;
  latencyMs: number;
  cost: Cost;
}

/** No call for so long, at least. */
export interface BreakerOpen {
  openForMs: number;
}

export type CallObserver = (provider: Provider, ended: EndedCall) => void;

const WINDOW = 200;

/** Everything that stands before one provider: how many calls at once, and whether to call at all. */
export class Gate {
  readonly provider: Provider;
  readonly #clock: Clock;
  readonly #limiter: Limiter;
  readonly #breaker: Breaker;
  readonly #pause: Pause;
  readonly #prices: PriceOverrides;
  readonly #onCall: CallObserver;
  #recent: { latencyMs: number; ok: boolean }[] = [];

  constructor(
    provider: Provider,
    options: { clock: Clock; maxConcurrency: number; prices: PriceOverrides; onCall: CallObserver },
  ) {
    this.provider = provider;
    this.#clock = options.clock;
    this.#limiter = createLimiter({ max: options.maxConcurrency, clock: options.clock });
    this.#breaker = createBreaker(options.clock);
    this.#pause = new Pause(options.clock);
    this.#prices = options.prices;
    this.#onCall = options.onCall;
  }

  /** A turn if one can be had now. */
  tryTurn(): Turn | undefined {
    if (this.#pause.leftMs > 0) return undefined;
    const release = this.#limiter.tryAcquire();
    if (!release) return undefined;
    const turn = this.#enter(release);
    return 'openForMs' in turn ? undefined : turn;
  }

  /** Waits for a slot; rejects with `signal.reason` on abort. */
  async takeTurn(signal: AbortSignal): Promise<Turn | BreakerOpen> {
    for (;;) {
      await this.#pause.over(signal);
      const release = await this.#limiter.acquire(signal);
      if (this.#pause.leftMs === 0) return this.#enter(release);
      // The provider asked for a pause while this one waited for its slot.
      release();
    }
  }

  status(): ProviderStatus {
    const { state, reason, open_for_ms } = this.#breaker.state();
    return {
      id: this.provider.id,
      model: this.provider.model,
      breaker: {
        state,
        ...(reason ? { reason } : {}),
        ...(open_for_ms === null ? {} : { retry_at: this.#clock.now() + open_for_ms }),
      },
      limiter: this.#limiter.state(),
      latency_ms: this.#latency(),
      error_ratio:
        this.#recent.length === 0 ? null : this.#recent.filter(({ ok }) => !ok).length / this.#recent.length,
    };
  }

  #enter(release: Release): Turn | BreakerOpen {
    const pass = this.#breaker.tryEnter();
    if (!pass) {
      release();
      return { openForMs: this.#breaker.state().open_for_ms ?? 1000 };
    }
    return new Turn(this.#makeCall, pass, release);
  }

  /** No async function: one that waits keeps all that it has in hand. */
  readonly #makeCall: MakeCall = (prompt, signal, turn) => {
    const began = this.#clock.monotonic();
    return this.provider.complete(prompt, signal).then((completion) => this.#learn(completion, began, turn));
  };

  /** Of a call that began at `began`, in monotonic milliseconds. */
  #learn(completion: Completion, began: number, turn: Turn): EndedCall {
    const latencyMs = Math.round(this.#clock.monotonic() - began);
    const retryAfterMs = 'retryAfterMs' in completion ? completion.retryAfterMs : undefined;
    this.#limiter.record(completion.outcome, began);
    this.#pause.record(completion.outcome, began, retryAfterMs);
    turn.end(completion.outcome);
    this.#remember(completion.outcome, latencyMs);
    const cost = priceOf(this.provider, completion.usage ?? null, this.#prices);
    const ended = { completion, latencyMs, cost };
    this.#onCall(this.provider, ended);
    return ended;
  }

  #remember(outcome: Outcome, latencyMs: number): void {
    if (outcome === 'aborted') return;
    this.#recent.push({ latencyMs, ok: outcome === 'ok' || outcome === 'truncated' });
    if (this.#recent.length > WINDOW) this.#recent.shift();
  }

  #latency(): ProviderStatus['latency_ms'] {
    const sorted = this.#recent.map(({ latencyMs }) => latencyMs).sort((a, b) => a - b);
    const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
    return sorted.length === 0 ? null : { p50: at(0.5), p95: at(0.95), n: sorted.length };
  }
}
