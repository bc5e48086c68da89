import { ConfigError, EnvReader } from '../../shared/config/env-reader.ts';
import { EXIT_CONFIG } from '../../shared/run-service.ts';
import { type ProvisionRequest, provision } from './provision.ts';

/** The last part of a queue's address is its name. */
function queueNameOf(queueUrl: string | undefined): string | undefined {
  return queueUrl?.split('/').at(-1);
}

/** Only what is named explicitly is touched: without both endpoints this would create things in an account. */
function readRequest(env: EnvReader): ProvisionRequest {
  const meaning = 'the emulator to provision, such as http://127.0.0.1:4566';
  const sqsEndpoint = env.required('AWS_ENDPOINT_URL_SQS', meaning) && env.url('AWS_ENDPOINT_URL_SQS');
  const dynamodbEndpoint =
    env.required('AWS_ENDPOINT_URL_DYNAMODB', meaning) && env.url('AWS_ENDPOINT_URL_DYNAMODB');
  const queueName = queueNameOf(env.url('QUEUE_URL'));
  const deadLetterQueueName = queueNameOf(env.url('DEAD_LETTER_QUEUE_URL'));
  const tableName = env.optional('TABLE_NAME');
  const [accessKeyId, secretAccessKey] = [
    env.optional('AWS_ACCESS_KEY_ID'),
    env.optional('AWS_SECRET_ACCESS_KEY'),
  ];
  env.finish();
  return {
    sqsEndpoint: sqsEndpoint ?? '',
    dynamodbEndpoint: dynamodbEndpoint ?? '',
    region: env.optional('AWS_REGION') ?? 'us-east-1',
    ...(accessKeyId && secretAccessKey ? { credentials: { accessKeyId, secretAccessKey } } : {}),
    ...(queueName ? { queueName } : {}),
    ...(deadLetterQueueName ? { deadLetterQueueName } : {}),
    ...(tableName ? { tableName } : {}),
  };
}

try {
  const aws = await provision(readRequest(new EnvReader(process.env)));
  process.stdout.write(
    [
      `QUEUE_URL=${aws.queueUrl}`,
      `DEAD_LETTER_QUEUE_URL=${aws.deadLetterQueueUrl}`,
      `TABLE_NAME=${aws.tableName}`,
      '',
    ].join('\n'),
  );
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = error instanceof ConfigError ? EXIT_CONFIG : 1;
}
