import type { Env } from '../../../shared/config/env-reader.ts';
import type { Stack } from '../proof/stack.ts';

interface Named {
  name: string;
}

interface ContainerDefinition {
  name: string;
  environment: (Named & { value: string })[];
  secrets: (Named & { valueFrom: string })[];
}

/** The environment that ECS would give a service's container, secrets among it. */
export async function containerEnv(
  stack: Stack,
  service: string,
  readSecret: (arn: string) => Promise<string>,
): Promise<Env> {
  const task = stack.single('aws_ecs_task_definition', ({ address }) =>
    address.startsWith(`module.${service}.`),
  );
  const containers = JSON.parse(task.text('container_definitions')) as ContainerDefinition[];
  const container = containers.find(({ name }) => name === service);
  if (!container) throw new Error(`${task.address} has no container ${service}`);
  const plain = container.environment.map(({ name, value }) => [name, value]);
  const secret = await Promise.all(
    container.secrets.map(async ({ name, valueFrom }) => [name, await readSecret(valueFrom)]),
  );
  return Object.fromEntries([...plain, ...secret]) as Env;
}
