import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readApiConfig } from '../../api/config.ts';
import { readWorkerConfig } from '../../worker/config.ts';

const TERRAFORM = join(import.meta.dirname, '../../terraform');

/** What only a machine of a developer sets: never a container. */
const LOCAL_ONLY = [
  'API_KEYS_FILE',
  'AWS_ACCESS_KEY_ID',
  'AWS_ENDPOINT_URL_DYNAMODB',
  'AWS_ENDPOINT_URL_SQS',
  'AWS_PROFILE',
  'EMBEDDED_START',
  'HOST',
];

/** What ECS itself sets in each container. */
const SET_BY_ECS = ['ECS_AGENT_URI'];

/** An environment that notes what is asked for. */
function recordNames(
  values: Record<string, string>,
  read: (env: Record<string, string>) => unknown,
): string[] {
  const names = new Set<string>();
  const env = new Proxy(values, {
    get(target, name) {
      names.add(String(name));
      return target[String(name)];
    },
  });
  read(env);
  return [...names].filter((name) => ![...LOCAL_ONLY, ...SET_BY_ECS].includes(name)).sort();
}

const KEY = { client: 'a', sha256: '0'.repeat(64) };
const OWN = { id: 'own', model: 'm' };
const BUILT_IN = ['openai', 'gemini', 'huggingface'].map((id) => ({ id, model: 'm' }));
const EVERYTHING = {
  APP_ENV: 'production',
  QUEUE_URL: 'https://queue',
  DEAD_LETTER_QUEUE_URL: 'https://dead',
  TABLE_NAME: 'table',
  API_KEYS: JSON.stringify([KEY]),
  PANEL: JSON.stringify([...BUILT_IN, OWN, { id: 'simulated', model: 'm' }]),
  PROVIDERS: JSON.stringify([{ ...OWN, base_url: 'https://own' }]),
  OPENAI_API_KEY: 'made-up',
  GEMINI_API_KEY: 'made-up',
  HF_TOKEN: 'made-up',
};

/** The upper-case names within one local value of a Terraform file. */
function namesIn(file: string, local: string): string[] {
  const text = readFileSync(join(TERRAFORM, file), 'utf8');
  const value = new RegExp(`\\n  ${local} += ([\\s\\S]*?)(?=\\n  \\w+ += |\\n}\\n|\\n\\n)`).exec(text)?.[1];
  if (value === undefined) throw new Error(`terraform/${file} has no local value ${local}`);
  return [...value.matchAll(/"([A-Z][A-Z0-9_]+)"|^ {4}([A-Z][A-Z0-9_]+) +=/gm)].map(
    ([, quoted, key]) => quoted ?? key ?? '',
  );
}

function given(service: 'api' | 'worker'): string[] {
  const webhook = namesIn('secrets.tf', 'webhook_secret_names');
  const secrets = {
    api: ['API_KEYS', ...webhook],
    worker: [...namesIn('secrets.tf', 'provider_secret_names'), 'PROVIDERS', ...webhook],
  };
  return [
    ...[
      'common_setting_names',
      `${service}_setting_names`,
      'common_environment',
      `${service}_environment`,
    ].flatMap((local) => namesIn('environment.tf', local)),
    ...secrets[service],
  ].sort();
}

it('gives the api exactly what it reads', () => {
  const read = recordNames(EVERYTHING, (env) => readApiConfig(env, () => '[]'));
  expect(given('api')).toEqual(read);
});

it('gives the worker exactly what it reads', () => {
  const read = recordNames(EVERYTHING, (env) => readWorkerConfig(env));
  expect(given('worker')).toEqual(read);
});

it('names the secrets that bootstrap makes', () => {
  const made = /default += (\[[^\]]+\])/.exec(
    readFileSync(join(TERRAFORM, 'bootstrap/variables.tf'), 'utf8').split('variable "secret_names"')[1] ?? '',
  )?.[1];
  const taken = [
    'API_KEYS',
    'PROVIDERS',
    'WEBHOOK_SECRET',
    ...namesIn('secrets.tf', 'provider_secret_names'),
  ];
  expect(JSON.parse(made ?? '[]').sort()).toEqual(taken.sort());
});
