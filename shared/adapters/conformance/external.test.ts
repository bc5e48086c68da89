import { describe } from 'vitest';
import { type AwsConfig, readAwsConfig } from '../../config/common.ts';
import { EnvReader } from '../../config/env-reader.ts';
import { createDynamoStore } from '../dynamo/dynamo-store.ts';
import { startAwsProxy } from './aws-proxy.ts';
import { inCompany } from './in-company.ts';
import { withoutPartiql } from './partiql.ts';
import { describeQueue } from './queue-conformance.ts';
import { sqsUnderTest } from './sqs-under-test.ts';
import { describeStore } from './store-conformance.ts';

const { env } = process;
const queueIsNamed = Boolean(env.AWS_ENDPOINT_URL_SQS && env.QUEUE_URL && env.DEAD_LETTER_QUEUE_URL);
const tableIsNamed = Boolean(env.AWS_ENDPOINT_URL_DYNAMODB && env.TABLE_NAME);

/** Queues and a table that stand already, such as `npm run provision` makes, reached as the services reach them. */
const namedByEnvironment = (): AwsConfig => readAwsConfig(new EnvReader(env), 'local');

describe.runIf(queueIsNamed)('needs AWS_ENDPOINT_URL_SQS, QUEUE_URL and DEAD_LETTER_QUEUE_URL', () => {
  describeQueue('the SQS that they name', async () => sqsUnderTest(namedByEnvironment(), async () => {}));
});

describe.runIf(tableIsNamed)('needs AWS_ENDPOINT_URL_DYNAMODB and TABLE_NAME', () => {
  describeStore('the DynamoDB that they name', async (clock) => {
    const store = createDynamoStore({ aws: namedByEnvironment(), clock });
    return { store: inCompany(store), close: () => store.close() };
  });

  describeStore('the DynamoDB that they name, one write at a time', async (clock) => {
    const aws = namedByEnvironment();
    const proxy = await startAwsProxy(aws.dynamodbEndpoint as string);
    proxy.intercept = withoutPartiql;
    const store = createDynamoStore({ aws: { ...aws, dynamodbEndpoint: proxy.endpoint }, clock });
    return {
      store,
      async close() {
        await store.close();
        await proxy.close();
      },
    };
  });
});
