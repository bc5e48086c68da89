import type { PanelMember } from '../../shared/job/record.ts';
import { StoreUnavailableError } from '../../shared/ports/store.ts';
import type { Prompt } from '../providers/provider.ts';
import type { ReportError } from '../report-error.ts';
import { type AskDeps, type AskState, askProvider } from './ask-provider.ts';
import { withDeadline } from './deadline-signal.ts';
import type { JobRun } from './job-run.ts';
import type { KeptAnswers } from './kept-answers.ts';
import { type Gates, gateOf, isSettled, type OpenedCall } from './panel-calls.ts';
import { SLOT_PATIENCE_MS, type Timing } from './timing.ts';

export interface ConsultationDeps extends AskDeps {
  gates: Gates;
  stragglerGraceMs: number;
  onError: ReportError;
}

/** `enough`: merge what is there. `parked`: nothing can be done before `until`. */
export type Verdict = { kind: 'enough' } | { kind: 'parked'; until: number };

/** Made once: an error of its own, with a stack, for each job would tell no more. */
const CLOSED = new Error('the consultation is closed');

const NOBODY_WAITS = () => {};

/** Asks the panel, and knows when enough of it has answered. */
export class Consultation {
  readonly #run: JobRun;
  readonly #timing: Timing;
  readonly #answers: KeptAnswers;
  readonly #deps: ConsultationDeps;
  readonly #states = new Map<string, AskState>();
  readonly #closing = new AbortController();
  /** Ends the wait, while there is one. */
  #wake = NOBODY_WAITS;
  #quorumAt: number | undefined;
  #asks: Promise<unknown> = Promise.resolve();
  #failure: { error: unknown } | undefined;

  constructor(run: JobRun, timing: Timing, answers: KeptAnswers, deps: ConsultationDeps) {
    this.#run = run;
    this.#timing = timing;
    this.#answers = answers;
    this.#deps = deps;
  }

  start(prompt: Prompt, firstCalls: readonly OpenedCall[]): void {
    const run = this.#run;
    if (run.signal.aborted) this.#stop();
    else run.signal.addEventListener('abort', () => this.#stop(), { once: true });
    this.#asks = withDeadline(this.#timing.callsUntil, run.callSignal, this.#deps.clock, (callSignal) =>
      Promise.all(
        run.job.panel.map((member) => {
          const first = firstCalls.find(({ provider }) => provider === member.id);
          return this.#ask(member, first, { prompt, callSignal });
        }),
      ),
    );
  }

  #ask(
    member: PanelMember,
    first: OpenedCall | undefined,
    { prompt, callSignal }: { prompt: Prompt; callSignal: AbortSignal },
  ): Promise<void> {
    const run = this.#run;
    if (isSettled(run.job, member.id)) {
      this.#setState(member.id, { kind: 'settled' });
      return Promise.resolve();
    }
    this.#setState(member.id, { kind: 'queued' });
    const ask = {
      run,
      member,
      gate: gateOf(this.#deps.gates, member),
      prompt,
      timing: this.#timing,
      closing: this.#closing.signal,
      callSignal,
      onState: (state: AskState) => this.#setState(member.id, state),
    };
    return askProvider(ask, first, this.#deps).catch((error) => this.#failed(member.id, error));
  }

  /** Resolves when the wait is over; rejects with `RunStopped`, or with what broke an ask. */
  async wait(): Promise<Verdict> {
    for (;;) {
      this.#run.signal.throwIfAborted();
      if (this.#failure) throw this.#failure.error;
      const verdict = this.#judge();
      if (verdict) return verdict;
      await this.#changeOr(this.#nextLook());
    }
  }

  /** No further call is started; resolves once those under way have ended and their answers are kept. */
  async close(): Promise<void> {
    this.#closing.abort(CLOSED);
    await this.#asks;
  }

  /** Whatever stops the run closes its consultation. */
  #stop(): void {
    this.#closing.abort(this.#run.signal.reason);
    this.#wake();
  }

  #setState(provider: string, state: AskState): void {
    this.#states.set(provider, state);
    this.#wake();
  }

  #failed(provider: string, error: unknown): void {
    this.#setState(provider, { kind: 'settled' });
    if (error === CLOSED || error === this.#run.signal.reason) return;
    this.#deps.onError('asking a provider', error, { job_id: this.#run.id, provider });
    // What a store outage took from the ledger must not be read as a settled provider: the run ends undecided.
    if (error instanceof StoreUnavailableError || !this.#closing.signal.aborted) this.#failure = { error };
    this.#wake();
  }

  #judge(): Verdict | undefined {
    const now = this.#deps.clock.now();
    const states = [...this.#states.values()];
    if (states.every(({ kind }) => kind === 'settled')) return { kind: 'enough' };
    if (this.#hasEnough(now) || this.#hasRunOut(now)) return { kind: 'enough' };
    return this.#park(states, now);
  }

  #hasEnough(now: number): boolean {
    const { job } = this.#run;
    if (job.mode === 'thorough') return false;
    const needed = job.mode === 'fast' ? 1 : job.quorum;
    // Reading the answers costs more than counting them.
    if (this.#answers.count < needed || this.#answers.look().kept.length < needed) return false;
    if (job.mode === 'fast') return true;
    this.#quorumAt ??= now;
    return now >= this.#quorumAt + this.#deps.stragglerGraceMs;
  }

  #hasRunOut(now: number): boolean {
    const { consultUntil, mergeUntil } = this.#timing;
    return now >= mergeUntil || (now >= consultUntil && this.#answers.look().kept.length > 0);
  }

  /** A slot is worth more than waiting for a provider that said "much later", with nobody being asked. */
  #park(states: readonly AskState[], now: number): Verdict | undefined {
    if (states.some(({ kind }) => kind === 'calling' || kind === 'queued')) return undefined;
    const untils = states.flatMap((state) => (state.kind === 'waiting' ? [state.until] : []));
    const until = Math.min(...untils);
    return until - now > SLOT_PATIENCE_MS ? { kind: 'parked', until } : undefined;
  }

  /** Milliseconds until time alone may change the verdict. */
  #nextLook(): number {
    const now = this.#deps.clock.now();
    const { consultUntil, mergeUntil } = this.#timing;
    const graceUntil = (this.#quorumAt ?? Number.POSITIVE_INFINITY) + this.#deps.stragglerGraceMs;
    const ahead = [consultUntil, mergeUntil, graceUntil].filter((time) => time > now);
    return Math.max(1, Math.min(...ahead, 60_000 + now) - now);
  }

  #changeOr(ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#wake = resolve;
    return promise.then(this.#deps.clock.after(ms, resolve));
  }
}
