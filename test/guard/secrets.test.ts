import { createHash } from 'node:crypto';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readApiConfig } from '../../api/config.ts';
import { ENV } from '../../api/testing/api-fixture.ts';
import type { Env } from '../../shared/config/env-reader.ts';
import type { JobView } from '../../shared/contract/job.ts';
import { readWorkerConfig } from '../../worker/config.ts';
import { Stack } from '../support/stack.ts';
import { type EchoingProvider, startEchoingProvider } from './support/echoing-provider.ts';
import { type Recorder, startRecorder } from './support/recorder.ts';

/** Each in a shape of its own: what is found says which it is. None is a real one. */
const SECRETS = {
  openai: 'sk-proj-MARKEDopenai0123456789',
  huggingface: 'hf_MARKEDhuggingface0123456789',
  gemini: 'AIzaMARKEDgemini0123456789',
  other: 'MARKEDother-0123456789-of-no-known-shape',
  apiKey: 'MARKEDapikey-0123456789',
  wrongKey: 'MARKEDwrongkey-0123456789',
  webhook: `whsec_${Buffer.from('MARKEDwebhook-0123456789-0123456').toString('base64')}`,
};
const WEBHOOK_BYTES = 'MARKEDwebhook-0123456789';

const texts: Record<string, string> = {};
let provider: EchoingProvider;
let receiver: Recorder;
let collector: Recorder;
let jobs: JobView[];

const authorized = { Authorization: `Bearer ${SECRETS.apiKey}`, 'content-type': 'application/json' };

async function endOf(address: string, id: string): Promise<JobView> {
  for (;;) {
    const response = await fetch(`${address}/v1/jobs/${id}`, {
      headers: { ...authorized, Prefer: 'wait=10' },
    });
    const job = (await response.json()) as JobView;
    if (job.done) return job;
  }
}

async function ask(address: string, body: object): Promise<JobView> {
  const response = await fetch(`${address}/v1/jobs`, {
    method: 'POST',
    headers: authorized,
    body: JSON.stringify({ cache: false, mode: 'thorough', deadline_seconds: 90, ...body }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return endOf(address, (JSON.parse(text) as JobView).id);
}

async function readRows({ aws }: Stack['aws']): Promise<string> {
  const { dynamodbEndpoint: endpoint, region, credentials, tableName } = aws;
  const client = new DynamoDBClient({ endpoint, region, credentials });
  const { Items } = await client.send(new ScanCommand({ TableName: tableName }));
  client.destroy();
  return JSON.stringify(Items);
}

async function gather(stack: Stack): Promise<void> {
  const { address } = stack.client;
  const webhook = { url: `${receiver.url}/hook` };
  const heard = receiver.next();
  jobs = [
    await ask(address, { question: 'What is S3?', webhook }),
    await ask(address, { question: 'What is EC2?', strategy: 'consensus' }),
  ];
  await stack.meet(heard);
  const paths = [
    '/v1/jobs',
    '/v1/status',
    '/v1/providers',
    '/v1/models',
    '/ready',
    '/openapi.json',
    '/docs',
    '/',
  ];
  for (const path of [...paths, ...jobs.map(({ id }) => `/v1/jobs/${id}`), '/nowhere']) {
    const response = await fetch(`${address}${path}`, { headers: authorized });
    texts[`GET ${path}`] = JSON.stringify([...response.headers]) + (await response.text());
  }
  const refused = await fetch(`${address}/v1/jobs?api_key=${SECRETS.wrongKey}`, {
    headers: { Authorization: `Bearer ${SECRETS.wrongKey}` },
  });
  texts['the refusal of a key'] = JSON.stringify([...refused.headers]) + (await refused.text());
  texts['the store'] = await readRows(stack.aws);
}

beforeAll(async () => {
  [provider, receiver, collector] = await Promise.all([
    startEchoingProvider(),
    startRecorder(),
    startRecorder(),
  ]);
  const sha256 = createHash('sha256').update(SECRETS.apiKey).digest('hex');
  const echo = provider.baseUrl;
  const stack = await Stack.start({
    LOG_LEVEL: 'trace',
    API_KEYS: JSON.stringify([{ client: 'student', sha256 }]),
    OPENAI_API_KEY: SECRETS.openai,
    OPENAI_BASE_URL: `${echo}/v1`,
    GEMINI_API_KEY: SECRETS.gemini,
    GEMINI_BASE_URL: echo,
    HF_TOKEN: SECRETS.huggingface,
    HF_BASE_URL: `${echo}/v1`,
    PROVIDERS: JSON.stringify([
      { id: 'other', base_url: `${echo}/other/v1`, model: 'other-model', api_key: SECRETS.other },
    ]),
    WEBHOOK_SECRET: SECRETS.webhook,
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
  });
  try {
    stack.worker();
    await gather(stack);
  } finally {
    await stack[Symbol.asyncDispose]();
  }
  texts['the logs'] = stack.output;
  texts['the webhooks'] = receiver.heard.join('\n');
  texts['the traces'] = collector.heard.join('\n');
}, 180_000);

afterAll(() => Promise.all([provider.close(), receiver.close(), collector.close()]));

/** Where any part of a secret stands that would help to guess it. */
function leaks(): string[] {
  const marks = [...Object.values(SECRETS).map((secret) => secret.slice(0, 18)), WEBHOOK_BYTES, 'MARKED'];
  return Object.entries(texts).flatMap(([where, text]) =>
    marks
      .filter((mark) => text.includes(mark))
      .map((mark) => {
        const at = text.indexOf(mark);
        return `${where}: …${text.slice(Math.max(0, at - 120), at + 60)}…`;
      }),
  );
}

it('the providers were called, were told their keys by themselves, and their words came through', () => {
  expect(provider.calls()).toBeGreaterThanOrEqual(8);
  const messages = jobs.flatMap(({ providers }) => providers.map(({ error }) => error?.message ?? ''));
  expect(messages.join('\n')).toContain('[redacted]');
  expect(jobs.map(({ status }) => status)).toEqual(['failed', 'failed']);
});

it('what was looked at is there', () => {
  for (const [where, text] of Object.entries(texts)) expect(text.length, where).toBeGreaterThan(50);
  expect(texts['the logs']).toContain('"job_id"');
  expect(texts['the store']).toContain('What is S3?');
});

it('no secret stands in a log, an error, a response, a row, a webhook or a trace', () => {
  expect(leaks()).toEqual([]);
});

it.each<[string, Env]>([
  [
    'API_KEYS with a key instead of its hash',
    { API_KEYS: JSON.stringify([{ client: 'a', sha256: SECRETS.apiKey }]) },
  ],
  ['API_KEYS that is no JSON', { API_KEYS: SECRETS.apiKey }],
])('the API’s configuration says what is wrong without it: %s', (_what, env) => {
  expect(() => readApiConfig({ ...ENV, ...env }, () => '')).toThrow(
    expect.objectContaining({ message: expect.not.stringContaining('MARKED') }),
  );
});

it.each<[string, Env]>([
  ['PROVIDERS that is no JSON', { PROVIDERS: `{"api_key":"${SECRETS.other}"` }],
  [
    'PROVIDERS with a key where an address belongs',
    { PROVIDERS: JSON.stringify([{ id: 'other', base_url: SECRETS.other, model: 'm' }]) },
  ],
  ['WEBHOOK_SECRET without its beginning', { WEBHOOK_SECRET: SECRETS.apiKey }],
  ['an address that is a key', { OPENAI_BASE_URL: SECRETS.openai }],
])('the worker’s configuration says what is wrong without it: %s', (_what, env) => {
  expect(() => readWorkerConfig({ ...ENV, OPENAI_API_KEY: SECRETS.openai, ...env })).toThrow(
    expect.objectContaining({ message: expect.not.stringContaining('MARKED') }),
  );
});
