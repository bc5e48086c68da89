import { SpanKind } from '@opentelemetry/api';
import { formatJobMessage } from '../contract/message.ts';
import type { Queue } from '../ports/queue.ts';
import { activeTraceParent, inSpan } from '../telemetry/spans.ts';
import type { JobRecord } from './record.ts';
import { type ClaimableJob, messageOf } from './untouched-job.ts';

/** Sends a job's message, and with it the trace to which the job belongs. Rejects with `QueueUnavailableError`. */
export function sendJob(
  queue: Pick<Queue, 'send'>,
  job: ClaimableJob & Pick<JobRecord, 'trace'>,
): Promise<void> {
  const attributes = {
    'messaging.system': 'aws_sqs',
    'messaging.operation.type': 'send',
    'messaging.operation.name': 'send',
    'messaging.destination.name': 'jobs',
    'iscoolgpt.job.id': job.id,
  };
  return inSpan('send jobs', { kind: SpanKind.PRODUCER, attributes, parent: job.trace }, () =>
    queue.send(formatJobMessage(messageOf(job)), activeTraceParent()),
  );
}
