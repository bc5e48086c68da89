import type { Completion, FailureOutcome } from '../../shared/contract/outcome.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { Prompt, Provider } from '../providers/provider.ts';

export interface ScriptedStep {
  /** How long the call takes, in milliseconds of the test's clock; `never`: until it is aborted. */
  takesMs: number | 'never';
  completion: Completion;
}

export function answering(text: string, takesMs: number | 'never' = 100): ScriptedStep {
  return {
    takesMs,
    completion: { outcome: 'ok', text, finish: 'stop', usage: { input_tokens: 10, output_tokens: 20 } },
  };
}

export function failing(
  outcome: FailureOutcome,
  options: { retryable?: boolean; retryAfterMs?: number; takesMs?: number } = {},
): ScriptedStep {
  return {
    takesMs: options.takesMs ?? 50,
    completion: {
      outcome,
      message: `scripted ${outcome}`,
      retryable: options.retryable ?? true,
      possiblyBilled: false,
      ...(options.retryAfterMs === undefined ? {} : { retryAfterMs: options.retryAfterMs }),
    },
  };
}

/** A provider that does, call after call, what its script says, and the last step for ever after. */
export class ScriptedProvider implements Provider {
  readonly id: string;
  readonly model: string;
  readonly upstream: string;
  readonly simulated = false;
  readonly prompts: Prompt[] = [];
  aborted = 0;
  #steps: ScriptedStep[];
  readonly #clock: Clock;

  constructor(id: string, clock: Clock, ...steps: ScriptedStep[]) {
    this.id = id;
    this.model = `${id}-model`;
    this.upstream = `test/${id}`;
    this.#clock = clock;
    this.#steps = steps;
  }

  get calls(): number {
    return this.prompts.length;
  }

  script(...steps: ScriptedStep[]): void {
    this.#steps = steps;
  }

  async complete(prompt: Prompt, signal: AbortSignal): Promise<Completion> {
    if (signal.aborted) return this.#stopped(signal, false);
    this.prompts.push(prompt);
    const step = this.#steps.length > 1 ? (this.#steps.shift() as ScriptedStep) : this.#steps[0];
    if (!step) throw new Error(`${this.id} was called and has no script`);
    try {
      await this.#clock.sleep(step.takesMs === 'never' ? 2 ** 40 : step.takesMs, signal);
    } catch {
      this.aborted += 1;
      return this.#stopped(signal, true);
    }
    return step.completion;
  }

  #stopped(signal: AbortSignal, possiblyBilled: boolean): Completion {
    const outcome =
      signal.reason instanceof DOMException && signal.reason.name === 'TimeoutError' ? 'timeout' : 'aborted';
    return { outcome, message: 'the call was stopped', retryable: true, possiblyBilled };
  }
}
