import { startEmbeddedAws } from '../../../local/emulators/embedded-aws.ts';
import { createDynamoStore } from '../dynamo/dynamo-store.ts';
import { MemoryStore } from '../memory/memory-store.ts';
import { startAwsProxy } from './aws-proxy.ts';
import { inCompany } from './in-company.ts';
import { speakPartiql } from './partiql.ts';
import { describeStore } from './store-conformance.ts';

describeStore('memory', async (clock) => {
  const store = new MemoryStore(clock);
  return { store, close: () => store.close() };
});

describeStore('the embedded DynamoDB', async (clock) => {
  const embedded = await startEmbeddedAws();
  const store = createDynamoStore({ aws: embedded.aws, clock });
  return {
    store,
    async close() {
      await store.close();
      await embedded.close();
    },
  };
});

describeStore('the embedded DynamoDB, writing in batches', async (clock) => {
  const embedded = await startEmbeddedAws();
  const proxy = await startAwsProxy(embedded.aws.dynamodbEndpoint as string);
  proxy.intercept = speakPartiql;
  const store = createDynamoStore({ aws: { ...embedded.aws, dynamodbEndpoint: proxy.endpoint }, clock });
  return {
    store: inCompany(store),
    async close() {
      await store.close();
      await proxy.close();
      await embedded.close();
    },
  };
});
