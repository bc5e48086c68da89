import type { Completion } from '../../../shared/contract/outcome.ts';
import type { Clock } from '../../../shared/ports/clock.ts';
import { type Failure, failureOf } from '../failure.ts';
import { stopped } from '../guarded-call.ts';
import type { Prompt, Provider } from '../provider.ts';
import { answerPrompt } from './answer-prompt.ts';
import { createFailureDraw, type FailureRates, type SimulatedFailure } from './failure-draw.ts';
import { SIMULATED_MARK } from './mark.ts';
import { seededDraws } from './seeded-draws.ts';

export interface SimulatedOptions {
  id: string;
  model: string;
  /** How long an answer takes: uniform between these, the same for the same question. Default 150 to 900. */
  latencyMs?: { min: number; max: number };
  /** Share of answers that tell a common misconception, where the topic has one. Default 0.15. */
  misconceptionShare?: number;
  /** Default: none fails. */
  failureRates?: FailureRates;
  clock: Clock;
}

/** A provider without a network: known content, marked as simulated, at the pace of a real one. */
export function createSimulated(options: SimulatedOptions): Provider {
  const { id, model, clock, latencyMs = { min: 150, max: 900 } } = options;
  const drawFailure = createFailureDraw(options.failureRates ?? {});

  const complete = async (prompt: Prompt, signal: AbortSignal): Promise<Completion> => {
    const [, , pace] = seededDraws(id, prompt.user);
    try {
      signal.throwIfAborted();
      await clock.sleep(latencyMs.min + pace * (latencyMs.max - latencyMs.min), signal);
    } catch (error) {
      if (!signal.aborted) throw error;
      return stopped(signal.reason, false);
    }
    const failure = drawFailure(id, prompt.user);
    return failure === undefined ? answer(prompt, options) : simulatedFailure(failure);
  };
  return { id, model, upstream: `simulated ${id} ${model}`, simulated: true, complete };
}

function answer(prompt: Prompt, { id, misconceptionShare = 0.15 }: SimulatedOptions): Completion {
  const text = answerPrompt(prompt, { providerId: id, misconceptionShare });
  if (text === undefined) {
    const note = 'a simulated provider cannot read this merging task';
    return failureOf('bad_response', { note, retryable: false, possiblyBilled: false });
  }
  const usage = {
    input_tokens: estimateTokens(prompt.system + prompt.user),
    output_tokens: estimateTokens(text),
  };
  return { outcome: 'ok', text: `${SIMULATED_MARK} ${text}`, finish: 'stop', usage };
}

function simulatedFailure(outcome: SimulatedFailure): Failure {
  return failureOf(outcome, { note: 'simulated', possiblyBilled: false });
}

/** Four characters a token: the providers' own rule of thumb for English. */
function estimateTokens(text: string): number {
  return Math.ceil(text.length / 4);
}
