import type { Completion } from '../../shared/contract/outcome.ts';
import { parseSynthesisPrompt } from '../../worker/aggregate/synthesis-layout.ts';
import type { Prompt, Provider } from '../../worker/providers/provider.ts';
import type { SimNode, SimTime } from './sim-time.ts';

export interface SimCall {
  provider: string;
  question: string;
  purpose: 'answer' | 'merge';
}

/** What the providers have seen, from every process, whatever became of it there. */
export class CallBook {
  readonly calls: SimCall[] = [];

  count(provider: string, question: string, purpose: SimCall['purpose']): number {
    return this.calls.filter(
      (call) => call.provider === provider && call.question === question && call.purpose === purpose,
    ).length;
  }
}

export interface SimProviderOptions {
  id: string;
  node: SimNode;
  time: SimTime;
  book: CallBook;
  float: () => number;
}

/** A provider as one process reaches it: it answers, fails, hangs, or asks to wait. */
export function simProvider({ id, node, time, book, float }: SimProviderOptions): Provider {
  const complete = (prompt: Prompt, signal: AbortSignal): Promise<Completion> => {
    if (signal.aborted) return Promise.resolve(stopped(signal));
    const merging = parseSynthesisPrompt(prompt.user);
    book.calls.push({
      provider: id,
      question: merging?.question ?? prompt.user,
      purpose: merging ? 'merge' : 'answer',
    });
    return new Promise((resolve) => {
      const draw = float();
      const takesMs = draw > 0.93 ? 2 ** 40 : draw > 0.75 ? 3000 + draw * 15_000 : 100 + draw * 1500;
      const completion = drawCompletion(float, prompt.user);
      const abort = () => {
        cancel();
        resolve(stopped(signal));
      };
      const cancel = time.schedule(takesMs, () =>
        node.deliver(() => {
          signal.removeEventListener('abort', abort);
          resolve(signal.aborted ? stopped(signal) : completion);
        }),
      );
      signal.addEventListener('abort', abort, { once: true });
    });
  };
  return { id, model: 'sim', upstream: `sim/${id}`, simulated: false, complete };
}

function drawCompletion(float: () => number, text: string): Completion {
  const draw = float();
  if (draw < 0.8) return { outcome: 'ok', text: `It is so: ${text}`, finish: 'stop', usage: null };
  if (draw < 0.85) {
    const retryAfterMs = Math.floor(float() * 40_000);
    return { outcome: 'rate_limited', message: 'wait', retryable: true, retryAfterMs, possiblyBilled: false };
  }
  if (draw < 0.95) return { outcome: 'overloaded', message: 'busy', retryable: true, possiblyBilled: false };
  return { outcome: 'bad_request', message: 'no', retryable: false, possiblyBilled: false };
}

function stopped(signal: AbortSignal): Completion {
  const timedOut = signal.reason instanceof DOMException && signal.reason.name === 'TimeoutError';
  return {
    outcome: timedOut ? 'timeout' : 'aborted',
    message: 'stopped',
    retryable: true,
    possiblyBilled: true,
  };
}
