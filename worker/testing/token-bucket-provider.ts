import type { Completion } from '../../shared/contract/outcome.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { Prompt } from '../providers/provider.ts';
import { answering, ScriptedProvider } from './scripted-provider.ts';

/** A provider that admits `perSecond` calls, `burst` at once, and refuses the others, saying until when or not. */
export class TokenBucketProvider extends ScriptedProvider {
  admitted = 0;
  readonly #clock: Clock;
  readonly #options: { perSecond: number; burst: number; saysWhen: boolean };
  #tokens: number;
  #filledAt = 0;

  constructor(id: string, clock: Clock, options: { perSecond: number; burst: number; saysWhen: boolean }) {
    super(id, clock, answering('A VPC endpoint keeps traffic inside AWS.', 800));
    this.#clock = clock;
    this.#options = options;
    this.#tokens = options.burst;
  }

  override async complete(prompt: Prompt, signal: AbortSignal): Promise<Completion> {
    const { perSecond, burst, saysWhen } = this.#options;
    const now = this.#clock.monotonic();
    this.#tokens = Math.min(burst, this.#tokens + ((now - this.#filledAt) / 1000) * perSecond);
    this.#filledAt = now;
    if (this.#tokens >= 1) {
      this.#tokens -= 1;
      this.admitted += 1;
      return super.complete(prompt, signal);
    }
    this.prompts.push(prompt);
    const retryAfterMs = Math.ceil(((1 - this.#tokens) / perSecond) * 1000);
    return {
      outcome: 'rate_limited',
      message: 'too many',
      retryable: true,
      possiblyBilled: false,
      ...(saysWhen ? { retryAfterMs } : {}),
    };
  }
}
