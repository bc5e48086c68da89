import { EventQueue } from './event-queue.ts';
import type { ProviderCall } from './wire.ts';

/** What one provider has seen. `by_question` counts calls by the text of their last user message. */
export interface CallCounts {
  total: number;
  aborted: number;
  by_question: Record<string, number>;
}

class ProviderLog {
  total = 0;
  aborted = 0;
  readonly byQuestion = new Map<string, number>();
  readonly calls = new EventQueue<ProviderCall>();
  readonly aborts = new EventQueue<ProviderCall>();
}

/** Counts the calls of each provider and those whose client hung up, and lets tests await either. */
export class CallLog {
  readonly #logs = new Map<string, ProviderLog>();

  of(provider: string): ProviderLog {
    const log = this.#logs.get(provider) ?? new ProviderLog();
    this.#logs.set(provider, log);
    return log;
  }

  recordCall(call: ProviderCall): void {
    const log = this.of(call.provider);
    log.total++;
    log.byQuestion.set(call.question, (log.byQuestion.get(call.question) ?? 0) + 1);
    log.calls.push(call);
  }

  recordAbort(call: ProviderCall): void {
    const log = this.of(call.provider);
    log.aborted++;
    log.aborts.push(call);
  }

  clear(): void {
    this.#logs.clear();
  }

  snapshot(): Record<string, CallCounts> {
    const counts = [...this.#logs].map(([provider, { total, aborted, byQuestion }]) => {
      return [provider, { total, aborted, by_question: Object.fromEntries(byQuestion) }] as const;
    });
    return Object.fromEntries(counts);
  }
}
