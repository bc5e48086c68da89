import type { Env } from '../../shared/config/env-reader.ts';
import { run } from '../infra/run.ts';
import { ROOT, toolPath } from '../infra/tools.ts';
import type { WorkerService } from './target.ts';

const TIMEOUT_MS = 60_000;
const SCALABLE = ['--service-namespace', 'ecs'];
const DIMENSION = ['--scalable-dimension', 'ecs:service:DesiredCount'];

export interface TaskCounts {
  desired: number;
  running: number;
  pending: number;
}

export interface TaskBounds {
  min: number;
  max: number;
}

async function aws<T>(env: Env, region: string, args: string[]): Promise<T> {
  const { output } = await run('aws', [...args, '--region', region, '--output', 'json'], {
    cwd: ROOT,
    env: { ...env, PATH: toolPath(env), AWS_PAGER: '' },
    timeoutMs: TIMEOUT_MS,
  });
  return (output.trim() === '' ? {} : JSON.parse(output)) as T;
}

/** The worker's service, by AWS's command line: the application itself has no SDK for ECS. */
export class WorkerTasks {
  readonly #env: Env;
  readonly #service: WorkerService;

  constructor(env: Env, service: WorkerService) {
    this.#env = env;
    this.#service = service;
  }

  async counts(): Promise<TaskCounts> {
    const { cluster, service } = this.#service;
    const args = ['ecs', 'describe-services', '--cluster', cluster, '--services', service];
    const { services } = await this.#aws<{
      services: { desiredCount: number; runningCount: number; pendingCount: number }[];
    }>(args);
    const [found] = services;
    if (!found) throw new Error(`the cluster ${cluster} has no service ${service}`);
    return { desired: found.desiredCount, running: found.runningCount, pending: found.pendingCount };
  }

  async bounds(): Promise<TaskBounds> {
    const { ScalableTargets } = await this.#aws<{
      ScalableTargets: { MinCapacity: number; MaxCapacity: number }[];
    }>([
      'application-autoscaling',
      'describe-scalable-targets',
      ...SCALABLE,
      '--resource-ids',
      this.#resource,
    ]);
    const [found] = ScalableTargets;
    if (!found) throw new Error(`${this.#resource} is not scaled: it has no bounds`);
    return { min: found.MinCapacity, max: found.MaxCapacity };
  }

  async setBounds({ min, max }: TaskBounds): Promise<void> {
    const bounds = ['--min-capacity', String(min), '--max-capacity', String(max)];
    const target = [...SCALABLE, ...DIMENSION, '--resource-id', this.#resource];
    await this.#aws(['application-autoscaling', 'register-scalable-target', ...target, ...bounds]);
  }

  get #resource(): string {
    return `service/${this.#service.cluster}/${this.#service.service}`;
  }

  #aws<T>(args: string[]): Promise<T> {
    return aws<T>(this.#env, this.#service.region, args);
  }
}
