import type { Queue } from '../../shared/ports/queue.ts';

/** What is to become of a message. Handlers return it; only `settleDelivery` talks to the queue. */
export type DeliveryOutcome =
  | { kind: 'ack' }
  | { kind: 'retry_after'; seconds: number }
  | { kind: 'discard'; reason: string };

export const ack: DeliveryOutcome = { kind: 'ack' };

export function retryAfterMs(ms: number): DeliveryOutcome {
  return { kind: 'retry_after', seconds: Math.max(0, Math.ceil(ms / 1000)) };
}

export async function settleDelivery(
  queue: Queue,
  delivery: { receipt: string; body: string },
  outcome: DeliveryOutcome,
): Promise<void> {
  switch (outcome.kind) {
    case 'ack':
      return queue.ack(delivery.receipt);
    case 'retry_after':
      await queue.extend(delivery.receipt, outcome.seconds);
      return;
    case 'discard':
      // First there, then gone from here: a crash in between shows it twice, never nowhere.
      await queue.sendDeadLetter(delivery.body, outcome.reason);
      return queue.ack(delivery.receipt);
  }
}
