import { readStackFile } from '../../local/stack-file.ts';
import { type AwsConfig, readAwsConfig } from '../../shared/config/common.ts';
import { type Env, EnvReader } from '../../shared/config/env-reader.ts';
import { run } from '../infra/run.ts';

/** The ECS service of the workers. */
export interface WorkerService {
  cluster: string;
  service: string;
  region: string;
}

/** The stack that is looked after. */
export interface Target {
  /** For whoever reads the report. */
  name: string;
  aws: AwsConfig;
  /** How long a worker may be unheard of. */
  visibilityMs: number;
  /** Undefined where no ECS runs the workers, or it is not known which. */
  workers: WorkerService | undefined;
}

export interface TargetRequest {
  environment: string | undefined;
  terraformDir: string;
  dataDir: string;
}

interface Outputs {
  cluster_name: string;
  service_names: { worker: string };
  queue_url: string;
  dead_letter_queue_url: string;
  table_name: string;
  region: string;
}

/** Nothing says which stack is meant, or what says so is about another one. */
export class TargetError extends Error {}

const TERRAFORM_TIMEOUT_MS = 60_000;
const VISIBILITY_SECONDS = 45;

async function readOutputs(env: Env, { environment, terraformDir }: TargetRequest): Promise<Outputs> {
  const { output } = await run('terraform', ['output', '-json'], {
    cwd: terraformDir,
    env,
    timeoutMs: TERRAFORM_TIMEOUT_MS,
  });
  const given = JSON.parse(output) as Record<string, { value: unknown }>;
  const outputs = Object.fromEntries(Object.entries(given).map(([name, { value }]) => [name, value]));
  if (outputs.cluster_name === `iscoolgpt-${environment}`) return outputs as unknown as Outputs;
  throw new TargetError(
    `${terraformDir} is not initialized for ${environment}: run scripts/deploy/configure-backend.sh ${environment}`,
  );
}

function targetOf(name: string, env: Env, workers?: WorkerService): Target {
  const reader = new EnvReader(env);
  const visibilityMs = reader.integer('VISIBILITY_SECONDS', VISIBILITY_SECONDS, 3, 43_200) * 1000;
  const aws = readAwsConfig(reader, workers ? 'production' : 'local');
  reader.finish();
  return { name, aws, visibilityMs, workers };
}

async function targetOfEnvironment(env: Env, request: TargetRequest): Promise<Target> {
  const outputs = await readOutputs(env, request);
  const named = {
    ...env,
    AWS_REGION: outputs.region,
    QUEUE_URL: outputs.queue_url,
    DEAD_LETTER_QUEUE_URL: outputs.dead_letter_queue_url,
    TABLE_NAME: outputs.table_name,
  };
  return targetOf(`${request.environment} (${outputs.region})`, named, {
    cluster: outputs.cluster_name,
    service: outputs.service_names.worker,
    region: outputs.region,
  });
}

/** Finds the stack that is meant. Rejects with `TargetError` or `ConfigError` where that is not clear. */
export async function findTarget(env: Env, request: TargetRequest): Promise<Target> {
  if (request.environment !== undefined) return targetOfEnvironment(env, request);
  if (env.QUEUE_URL) return targetOf(env.QUEUE_URL, env);
  const stack = await readStackFile(request.dataDir);
  if (stack)
    return targetOf(`npm start, on ${request.dataDir}`, {
      VISIBILITY_SECONDS: env.VISIBILITY_SECONDS,
      ...stack,
    });
  throw new TargetError(
    'no stack is named: use --environment, or set QUEUE_URL, DEAD_LETTER_QUEUE_URL and TABLE_NAME, or run npm start',
  );
}
