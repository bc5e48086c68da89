import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../scripts/infra/run.ts';
import { ROOT } from '../support/child.ts';
import { startAws } from '../support/start-aws.ts';
import { CREDENTIALS } from './ask.ts';
import { readReport, type TestResult } from './read-report.ts';

const VITEST = join(ROOT, 'node_modules/vitest/vitest.mjs');
const TIMEOUT_MS = 900_000;

/** One file after the other: what depends on time must not depend on what else runs. */
const ARGS = [
  VITEST,
  'run',
  'shared/adapters/conformance/external.test.ts',
  'test/end-to-end.test.ts',
  '--no-file-parallelism',
  '--reporter=json',
  // Slower than the embedded ones, some of them: only what they answer counts here.
  '--testTimeout=120000',
  '--hookTimeout=120000',
];

export interface Endpoints {
  sqs: string | undefined;
  dynamodb: string | undefined;
}

/** Parts of the names of the tests that must run where these are named. */
export function suitesFor({ sqs, dynamodb }: Record<keyof Endpoints, unknown>): string[] {
  return [
    'end-to-end.test.ts',
    ...(sqs ? ['the queue contract on '] : []),
    ...(dynamodb ? ['the store contract on '] : []),
  ];
}

/** Runs conformance and end to end at these endpoints, on queues and a table made for it; what is not named is embedded. */
export async function runSuites({ sqs, dynamodb }: Endpoints): Promise<TestResult[]> {
  const endpoints = { AWS_ENDPOINT_URL_SQS: sqs, AWS_ENDPOINT_URL_DYNAMODB: dynamodb };
  const { aws, close } = await startAws(endpoints);
  const folder = await mkdtemp(join(tmpdir(), 'servers-'));
  const report = join(folder, 'report.json');
  const env = {
    PATH: process.env.PATH,
    AWS_REGION: aws.region,
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    ...(sqs && {
      AWS_ENDPOINT_URL_SQS: sqs,
      QUEUE_URL: aws.queueUrl,
      DEAD_LETTER_QUEUE_URL: aws.deadLetterQueueUrl,
    }),
    ...(dynamodb && { AWS_ENDPOINT_URL_DYNAMODB: dynamodb, TABLE_NAME: aws.tableName }),
  };
  try {
    const options = { cwd: ROOT, env, timeoutMs: TIMEOUT_MS, accept: [0, 1] };
    await run(process.execPath, [...ARGS, `--outputFile=${report}`], options);
    return readReport(await readFile(report, 'utf8'));
  } finally {
    await rm(folder, { recursive: true });
    await close();
  }
}
