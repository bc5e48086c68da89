import type { Json, Resource, Stack } from './stack.ts';

interface Named {
  name: string;
}

export interface Container {
  name: string;
  image: string;
  essential?: boolean;
  user?: string;
  readonlyRootFilesystem?: boolean;
  stopTimeout?: number;
  dependsOn?: { containerName: string; condition: string }[];
  portMappings: { containerPort: number }[];
  environment: (Named & { value: string })[];
  secrets: (Named & { valueFrom: string })[];
  healthCheck?: {
    command: string[];
    interval: number;
    timeout: number;
    retries: number;
    startPeriod?: number;
  };
  logConfiguration?: { logDriver: string; options: Record<string, string> };
  linuxParameters?: { initProcessEnabled?: boolean };
}

/** An ECS service of ours with the task that it runs. */
export class Service {
  readonly name: 'api' | 'worker';
  readonly service: Resource;
  readonly task: Resource;
  readonly containers: Container[];

  constructor(stack: Stack, name: 'api' | 'worker') {
    this.name = name;
    this.service = stack.single('aws_ecs_service', ({ service }) => service === name);
    const taskArn = this.service.text('task_definition');
    this.task = stack.single('aws_ecs_task_definition', (task) => task.text('arn') === taskArn);
    this.containers = JSON.parse(this.task.text('container_definitions')) as Container[];
  }

  /** The service's own; others may stand before it, the provider sorts them by name. */
  get container(): Container {
    const own = this.containers.find(({ name }) => name === this.name);
    if (!own) throw new Error(`${this.task.address} has no container ${this.name}`);
    return own;
  }

  /** What takes the traces; undefined where nothing does. */
  get collector(): Container | undefined {
    return this.containers.find(({ name }) => name === 'collector');
  }

  get port(): number {
    return this.container.portMappings[0]?.containerPort ?? Number.NaN;
  }

  env(name: string): string {
    return this.container.environment.find((one) => one.name === name)?.value ?? '';
  }

  get network(): Record<string, Json> {
    return this.service.block('network_configuration');
  }

  get subnetIds(): string[] {
    return (this.network.subnets as string[] | undefined) ?? [];
  }

  get securityGroupIds(): string[] {
    return (this.network.security_groups as string[] | undefined) ?? [];
  }
}

export function services(stack: Stack): Service[] {
  return [new Service(stack, 'api'), new Service(stack, 'worker')];
}
