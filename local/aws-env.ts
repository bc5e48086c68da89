import type { AwsConfig } from '../shared/config/common.ts';
import type { Env } from '../shared/config/env-reader.ts';

/** Where queue and table are, under the names that the services read. No credentials. */
export function awsEnv(aws: AwsConfig): Env {
  return {
    AWS_REGION: aws.region,
    AWS_ENDPOINT_URL_SQS: aws.sqsEndpoint,
    AWS_ENDPOINT_URL_DYNAMODB: aws.dynamodbEndpoint,
    QUEUE_URL: aws.queueUrl,
    DEAD_LETTER_QUEUE_URL: aws.deadLetterQueueUrl,
    TABLE_NAME: aws.tableName,
  };
}
