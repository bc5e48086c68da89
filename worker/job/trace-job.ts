import { SpanKind } from '@opentelemetry/api';
import type { Delivery } from '../../shared/ports/queue.ts';
import { inSpan, isTracing } from '../../shared/telemetry/spans.ts';
import type { DeliveryOutcome } from '../consume/outcome.ts';

/** Puts the work on one delivery into a span, a child of the one that sent the message: also when it comes again. */
export function traceJob(
  { messageId, receiveCount, trace }: Delivery,
  jobId: string,
  work: () => Promise<DeliveryOutcome>,
): Promise<DeliveryOutcome> {
  if (!isTracing()) return work();
  const attributes = {
    'messaging.system': 'aws_sqs',
    'messaging.operation.type': 'process',
    'messaging.operation.name': 'process',
    'messaging.destination.name': 'jobs',
    'messaging.message.id': messageId,
    'iscoolgpt.job.id': jobId,
    'iscoolgpt.receives': receiveCount,
  };
  return inSpan('process jobs', { kind: SpanKind.CONSUMER, attributes, parent: trace }, async (span) => {
    const outcome = await work();
    span.setAttribute('iscoolgpt.outcome', outcome.kind);
    return outcome;
  });
}
