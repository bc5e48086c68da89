import type { Completion } from '../../shared/contract/outcome.ts';

/** What a provider is asked: `system` sets the role, `user` is the question or the merging task. */
export interface Prompt {
  system: string;
  user: string;
  maxOutputTokens: number;
}

/** One model behind one endpoint. */
export interface Provider {
  /** `openai`, `gemini`, `huggingface`, `simulated…` or an id given in `PROVIDERS`. */
  readonly id: string;
  readonly model: string;
  /** Base URL and model: two providers of the same upstream are one opinion. */
  readonly upstream: string;
  readonly simulated: boolean;
  /**
   * One call, no retry. Never throws: every failure is an outcome.
   * `signal` covers connect, headers and body; an already aborted one makes no call.
   */
  complete(prompt: Prompt, signal: AbortSignal): Promise<Completion>;
}
