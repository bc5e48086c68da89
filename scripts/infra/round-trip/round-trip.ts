import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Env } from '../../../shared/config/env-reader.ts';
import { ACCOUNT_ID, Emulator } from '../emulator/emulator.ts';
import { prove } from '../proof/prove.ts';
import { compareSnapshots, snapshotOf } from '../proof/snapshot.ts';
import { type ShownPlan, Stack } from '../proof/stack.ts';
import { copySources, Terraform } from '../terraform.ts';
import { ROOT } from '../tools.ts';
import { acceptStack } from './accept-stack.ts';
import { AwsCli } from './aws-cli.ts';
import { containerEnv } from './container-env.ts';
import { tryRegistry } from './try-registry.ts';

export const ENVIRONMENTS = ['staging', 'production'] as const;
export type EnvironmentName = (typeof ENVIRONMENTS)[number];

const REGION = 'us-east-1';
const API_KEY = 'round-trip-key';
const SECRET_VALUES = {
  API_KEYS: JSON.stringify([
    { client: 'round-trip', sha256: createHash('sha256').update(API_KEY).digest('hex') },
  ]),
  OPENAI_API_KEY: 'made-up',
  GEMINI_API_KEY: 'made-up',
  HF_TOKEN: 'made-up',
  WEBHOOK_SECRET: `whsec_${Buffer.from('made up for a round trip, 32 byte').toString('base64')}`,
};
const SIMULATED_PANEL = JSON.stringify(['a', 'b', 'c'].map((id) => ({ id: `simulated-${id}`, model: id })));
/** Where the plans are kept for whoever wants to look, and for the planted mistakes. */
export const PLANS = join(ROOT, '.data/infra');

export type Say = (text: string) => void;

interface World {
  folder: string;
  env: Env;
  emulator: Emulator;
  aws: AwsCli;
  say: Say;
}

/** An update of nothing but what was just applied: more would mean that a value drifts by itself. */
async function expectNothingToDo(terraform: Terraform, planFile: string, ...args: string[]): Promise<void> {
  if (await terraform.plan(planFile, ...args)) return;
  throw new Error(`the second plan is not empty:\n${await terraform.describe(planFile)}`);
}

async function bootstrap(world: World): Promise<void> {
  const folder = join(world.folder, 'terraform/bootstrap');
  const variables = { github_subject_prefix: 'repo:example/iscoolgpt' };
  const terraform = await Terraform.open(folder, { env: world.env, variables });
  await terraform.overrideProviders();
  await terraform.init();
  await terraform.plan('first.tfplan');
  await terraform.apply('first.tfplan');
  await expectNothingToDo(terraform, 'second.tfplan');
  world.say('bootstrap: applied, second plan empty');
}

async function fillEnvironment(world: World, environment: EnvironmentName): Promise<string> {
  for (const [name, value] of Object.entries(SECRET_VALUES))
    await world.aws.putSecret(environment, name, value);
  const args = ['--name', 'example.org', '--caller-reference', environment];
  const { HostedZone } = await world.aws.json<{ HostedZone: { Id: string } }>(
    'route53',
    'create-hosted-zone',
    ...args,
  );
  return HostedZone.Id.split('/').at(-1) as string;
}

async function openEnvironment(world: World, environment: EnvironmentName): Promise<Terraform> {
  const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;
  const folder = join(world.folder, 'terraform');
  const terraform = await Terraform.open(folder, { env: world.env });
  const usEast1 = 'provider "aws" {\n  alias       = "us_east_1"\n  max_retries = 2\n}\n';
  await terraform.overrideProviders(usEast1);
  const backend = {
    bucket: `iscoolgpt-state-${ACCOUNT_ID}`,
    key: `${environment}/terraform.tfstate`,
    region: REGION,
  };
  const flags = Object.entries(backend).map(([name, value]) => `-backend-config=${name}=${value}`);
  await terraform.init('-reconfigure', ...flags);
  // One environment is traced and the other is not: both ways are proved.
  const traced = {
    tracing: true,
    collector_image: `public.ecr.aws/aws-observability/aws-otel-collector@${digest}`,
  };
  // A file that Terraform reads after the environment's own: what only the emulator knows replaces what stands there.
  const given = {
    hosted_zone_id: await fillEnvironment(world, environment),
    image_digests: { api: digest, worker: digest },
    ...(environment === 'staging' ? traced : {}),
  };
  await writeFile(join(folder, `${environment}.emulator.tfvars.json`), JSON.stringify(given));
  return terraform;
}

function variableFiles(environment: EnvironmentName): string[] {
  return [`-var-file=environments/${environment}.tfvars`, `-var-file=${environment}.emulator.tfvars.json`];
}

/** The tests plant their mistakes into the snapshots that are kept: they must be of this stack. */
async function expectSnapshotKept(environment: EnvironmentName, snapshot: string): Promise<void> {
  const name = `test/infra/fixtures/${environment}.jsonl`;
  const different = compareSnapshots(await readFile(join(ROOT, name), 'utf8'), snapshot);
  if (different.length === 0) return;
  const from = join(PLANS, `${environment}.jsonl`);
  throw new Error(`${name} is of another stack: copy ${from} there. It differs by\n${different.join('\n')}`);
}

async function proveAndKeep(world: World, environment: EnvironmentName, plan: ShownPlan): Promise<Stack> {
  await mkdir(PLANS, { recursive: true });
  const snapshot = snapshotOf(plan);
  await writeFile(join(PLANS, `${environment}.jsonl`), snapshot);
  await expectSnapshotKept(environment, snapshot);
  const stack = new Stack(plan);
  const findings = prove(stack);
  if (findings.length > 0) throw new Error(`the plan's proof failed:\n${findings.map(String).join('\n')}`);
  world.say(`${environment}: ${stack.resources.length} resources and data sources, proof without a finding`);
  return stack;
}

async function acceptServices(world: World, environment: EnvironmentName, stack: Stack): Promise<void> {
  const shared = {
    ...world.emulator.clientEnv(REGION),
    AWS_ENDPOINT_URL_SQS: world.emulator.endpoint,
    AWS_ENDPOINT_URL_DYNAMODB: world.emulator.endpoint,
    PANEL: SIMULATED_PANEL,
  };
  const of = (service: string) => containerEnv(stack, service, (arn) => world.aws.secretValue(arn));
  const verdicts = await acceptStack({
    api: { ...(await of('api')), ...shared },
    worker: { ...(await of('worker')), ...shared },
    apiKey: API_KEY,
  });
  const passed = verdicts.filter(({ verdict }) => verdict === 'passed').length;
  world.say(
    `${environment}: ${passed} of ${verdicts.length} acceptance checks passed on this queue and table`,
  );
}

interface Status {
  queue: { waiting: number };
  open_jobs: { counted: number };
  workers: unknown[];
  tasks: { min: number; max: number } | null;
}

async function tryOperations(world: World, environment: EnvironmentName): Promise<void> {
  const { aws } = world;
  const { before, now } = await aws.ops<{ before: object; now: object }>(
    environment,
    'scale',
    '--min',
    '3',
    '--max',
    '7',
  );
  const status = await aws.ops<Status>(environment, 'status');
  const { queue, open_jobs, workers, tasks } = status;
  const seen = tasks?.min === 3 && tasks.max === 7 && queue.waiting === 0 && open_jobs.counted === 0;
  if (!seen || workers.length === 0) throw new Error(`npm run ops -- status: ${JSON.stringify(status)}`);
  const restarted = await aws.script('infra/restart-services.sh', environment);
  if (restarted.split('\n').filter(Boolean).length !== 2)
    throw new Error(`restart-services.sh:\n${restarted}`);
  world.say(
    `${environment}: scaled from ${JSON.stringify(before)} to ${JSON.stringify(now)}, looked at and restarted`,
  );
}

async function tryEnvironment(world: World, environment: EnvironmentName): Promise<void> {
  const terraform = await openEnvironment(world, environment);
  const files = variableFiles(environment);
  await terraform.plan('first.tfplan', ...files);
  await terraform.apply('first.tfplan');
  world.say(`${environment}: applied`);
  await expectNothingToDo(terraform, 'second.tfplan', ...files);
  world.say(`${environment}: second plan empty`);
  const stack = await proveAndKeep(world, environment, (await terraform.show('second.tfplan')) as ShownPlan);
  await acceptServices(world, environment, stack);
  await tryOperations(world, environment);
  // Also puts back what the emergency script changed, as the runbook says that an apply does.
  const unprotected = [...files, '-var=deletion_protection=false'];
  await terraform.plan('unprotect.tfplan', ...unprotected);
  await terraform.apply('unprotect.tfplan');
  await terraform.destroy(...unprotected);
  const left = (await terraform.addresses()).filter((address) => !/(^|\.)data\./.test(address));
  if (left.length > 0) throw new Error(`after destroy there is still ${left.join(', ')}`);
  world.say(`${environment}: destroyed`);
}

/** Plan, apply, empty plan, proof, a question, destroy: for each environment, against an emulator on loopback. */
export async function roundTrip(environments: readonly EnvironmentName[], env: Env, say: Say): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'iscoolgpt-infra-'));
  await mkdir(PLANS, { recursive: true });
  try {
    await using emulator = await Emulator.start(env, join(PLANS, 'emulator.log'));
    await copySources(folder);
    const clientEnv = { PATH: env.PATH, HOME: folder, ...emulator.clientEnv(REGION) };
    const toolEnv = {
      ...clientEnv,
      INFRA_TOOLS_DIR: env.INFRA_TOOLS_DIR,
      INFRA_PROVIDER_MIRROR: env.INFRA_PROVIDER_MIRROR,
    };
    const world: World = { folder, env: toolEnv, emulator, aws: new AwsCli(toolEnv, folder), say };
    await bootstrap(world);
    await tryRegistry(world.aws);
    say('registry: an image is found by its tag, scanned, and kept as a release once');
    for (const environment of environments) await tryEnvironment(world, environment);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
