import type { Message } from '@aws-sdk/client-sqs';
import { Consumer, type ConsumerOptions } from 'sqs-consumer';
import { endWithParent } from '../processes/serve.ts';
import { tellReady } from '../stage/ipc.ts';
import { queueUrl, sqs } from './aws-clients.ts';
import { callProvider, providers } from './call-provider.ts';

const BATCH = 10;
const slots = Number(process.env.SLOTS);

async function answer(message: Message): Promise<Message> {
  await callProvider(
    providers[0] as string,
    (JSON.parse(message.Body as string) as { question: string }).question,
  );
  return message;
}

/** `batch`: one delete for ten, once the slowest of them is done. Otherwise each is deleted when it is done. */
const handler: Pick<ConsumerOptions, 'handleMessage' | 'handleMessageBatch'> =
  process.env.HANDLER === 'batch'
    ? { handleMessageBatch: (messages) => Promise.all(messages.map(answer)) }
    : { handleMessage: answer };

endWithParent();
for (let started = 0; started < slots; started += BATCH) {
  const consumer = Consumer.create({
    queueUrl,
    sqs,
    useQueueUrlAsEndpoint: false,
    batchSize: BATCH,
    waitTimeSeconds: 20,
    ...handler,
  });
  consumer.on('error', (error) => console.error(error));
  consumer.on('processing_error', (error) => console.error(error));
  consumer.start();
}
tellReady(slots);
