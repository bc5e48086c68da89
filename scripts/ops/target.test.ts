import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startEmbeddedAws } from '../../local/emulators/embedded-aws.ts';
import { standIns } from '../../local/stand-ins/commands.ts';
import { startSupervisor } from '../../local/supervisor.ts';
import type { Env } from '../../shared/config/env-reader.ts';
import { findTarget } from './target.ts';
import { envOf, ops, typed } from './testing.ts';

let folder: string;
let env: Env;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'iscoolgpt-ops-'));
  env = { PATH: [folder, process.env.PATH].join(delimiter), INFRA_TOOLS_DIR: folder };
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Stands in for a program: runs `script`, with what it was told in `$*`. */
async function program(name: string, script: string): Promise<void> {
  const path = join(folder, name);
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
}

const OUTPUTS = {
  region: 'eu-west-1',
  cluster_name: 'iscoolgpt-staging',
  service_names: { api: 'iscoolgpt-staging-api', worker: 'iscoolgpt-staging-worker' },
  queue_url: 'https://sqs.eu-west-1.amazonaws.com/123456789012/iscoolgpt-staging-jobs',
  dead_letter_queue_url: 'https://sqs.eu-west-1.amazonaws.com/123456789012/iscoolgpt-staging-dead-letters',
  table_name: 'iscoolgpt-staging-jobs',
};

async function terraform(overrides: Partial<typeof OUTPUTS> = {}): Promise<void> {
  const named = Object.entries({ ...OUTPUTS, ...overrides }).map(([name, value]) => [name, { value }]);
  await program('terraform', `echo '${JSON.stringify(Object.fromEntries(named))}'`);
}

const at = (environment: string | undefined) => ({ environment, terraformDir: folder, dataDir: folder });

describe('the stack that is meant', () => {
  it('is the one of an environment, as terraform output tells', async () => {
    await terraform();
    const target = await findTarget(env, at('staging'));
    expect(target).toMatchObject({
      name: 'staging (eu-west-1)',
      aws: { region: 'eu-west-1', queueUrl: OUTPUTS.queue_url, credentials: undefined },
      workers: { cluster: 'iscoolgpt-staging', service: 'iscoolgpt-staging-worker', region: 'eu-west-1' },
    });
  });

  it('is never another environment’s', async () => {
    await terraform();
    await expect(findTarget(env, at('production'))).rejects.toThrow(
      'run scripts/deploy/configure-backend.sh production',
    );
  });

  it('is the one of npm start, while that runs', async () => {
    const supervisor = await startSupervisor({
      env: { PATH: process.env.PATH },
      panel: [{ id: 'openai', model: 'gpt-5-mini' }],
      port: 0,
      dataDir: folder,
      commands: standIns,
    });
    try {
      const report = await ops('status', { env, dataDir: folder });
      expect(report.json).toMatchObject({ stack: `npm start, on ${folder}`, queue: { waiting: 0 } });
      await expect(ops('scale --min 1 --max 2', { env, dataDir: folder })).rejects.toThrow(
        'scale needs --environment',
      );
    } finally {
      await supervisor.stop('the test is over');
    }
    await expect(findTarget(env, at(undefined))).rejects.toThrow('no stack is named');
  });

  it('must be named whole', async () => {
    await expect(findTarget({ ...env, QUEUE_URL: 'http://127.0.0.1:1/q' }, at(undefined))).rejects.toThrow(
      'TABLE_NAME: is missing',
    );
  });
});

it('scale sets the bounds, and says how to set them back', async () => {
  await terraform();
  const [calls, bounds] = [join(folder, 'calls'), join(folder, 'bounds')];
  await writeFile(bounds, '{"ScalableTargets":[{"MinCapacity":2,"MaxCapacity":20}]}');
  await program(
    'aws',
    [
      `echo "$*" >> ${calls}`,
      `case "$*" in`,
      `*register*) echo '{"ScalableTargets":[{"MinCapacity":5,"MaxCapacity":40}]}' > ${bounds} ;;`,
      `*) cat ${bounds} ;;`,
      'esac',
    ].join('\n'),
  );
  const report = await ops('scale --environment staging --min 5 --max 40', { env, terraformDir: folder });
  expect(report.json).toEqual({ before: { min: 2, max: 20 }, now: { min: 5, max: 40 } });
  expect(report.lines).toContain('back by: npm run ops -- scale --min 2 --max 20');
  const registered = (await readFile(calls, 'utf8')).split('\n').find((line) => line.includes('register'));
  expect(registered).toContain('--resource-id service/iscoolgpt-staging/iscoolgpt-staging-worker');
  expect(registered).toContain('--min-capacity 5 --max-capacity 40 --region eu-west-1');
});

it('status looks at the stack though ECS does not answer', async () => {
  const embedded = await startEmbeddedAws();
  try {
    const { queueUrl, deadLetterQueueUrl, tableName } = embedded.aws;
    await terraform({
      queue_url: queueUrl,
      dead_letter_queue_url: deadLetterQueueUrl,
      table_name: tableName,
    });
    await program('aws', 'echo "An error occurred (AccessDeniedException)" >&2; exit 254');
    const signed = { ...envOf(embedded.aws), ...env, AWS_ACCESS_KEY_ID: 'one', AWS_SECRET_ACCESS_KEY: 'one' };
    const words = ['status', '--environment', 'staging', '--terraform', folder, '--json'];
    const { out, err, code } = await typed(signed, ...words);
    expect(code, err).toBe(3);
    expect(JSON.parse(out)).toMatchObject({
      queue: { waiting: 0 },
      tasks: null,
      attention: ['ECS does not answer: An error occurred (AccessDeniedException)'],
    });
  } finally {
    await embedded.close();
  }
});
