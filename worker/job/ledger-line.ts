import type { Attempt } from '../../shared/job/record.ts';
import type { EndedCall } from '../providers/gate.ts';

/** The line of a call once it has ended. Billed, possibly, is all that the provider did not surely give for nothing. */
export function closeLine(line: Attempt, { completion, latencyMs, cost }: EndedCall): Attempt {
  return {
    ...line,
    outcome: completion.outcome,
    latency_ms: latencyMs,
    possibly_billed: 'possiblyBilled' in completion ? completion.possiblyBilled : true,
    usage: completion.usage ?? null,
    cost,
  };
}
