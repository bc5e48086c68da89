import { startEmbeddedAws } from '../../../local/emulators/embedded-aws.ts';
import { MemoryQueue } from '../memory/memory-queue.ts';
import { systemClock } from '../system/system-clock.ts';
import { describeQueue } from './queue-conformance.ts';
import { sqsUnderTest } from './sqs-under-test.ts';

describeQueue('memory', async () => {
  const queue = new MemoryQueue(systemClock);
  return { queue, readDeadLetters: async () => queue.deadLetters, close: () => queue.close() };
});

describeQueue('the embedded SQS', async () => {
  const embedded = await startEmbeddedAws();
  return sqsUnderTest(embedded.aws, embedded.close);
});
