import { readSnapshot } from '../../../scripts/infra/proof/snapshot.ts';
import type { Json, ShownPlan } from '../../../scripts/infra/proof/stack.ts';

type Values = Record<string, Json>;

/** A plan to plant mistakes into. */
export class Patch {
  readonly plan: ShownPlan;

  constructor(snapshot: string) {
    this.plan = readSnapshot(snapshot);
  }

  get #resources() {
    return this.plan.planned_values.root_module.resources ?? [];
  }

  /** The values of the one resource at `address`, to change. */
  at(address: string): Values {
    const found = this.#resources.find((resource) => resource.address === address);
    if (!found) throw new Error(`the snapshot has no ${address}: renew it with npm run infra:round-trip`);
    return found.values;
  }

  remove(address: string): void {
    this.at(address);
    this.#resources.splice(
      this.#resources.findIndex((resource) => resource.address === address),
      1,
    );
  }

  /** Changes a value that is JSON in a text. */
  json(address: string, name: string, change: (text: string) => string): void {
    const values = this.at(address);
    const before = String(values[name]);
    const after = change(before);
    if (after === before)
      throw new Error(`${address}.${name} does not hold what the mistake changes: ${before}`);
    values[name] = after;
  }

  /** The first block at `name`. */
  block(address: string, name: string): Values {
    const [first] = this.at(address)[name] as Values[];
    if (!first) throw new Error(`${address} has no block ${name}`);
    return first;
  }
}

export interface Mistake {
  what: string;
  /** The one environment whose stack has what the mistake is made in; absent: both have. */
  only?: 'staging' | 'production';
  /** The resource that the finding must name. */
  found: string;
  plant: (patch: Patch) => void;
}

/** Addresses that many mistakes name. */
export const TASK = (service: string) => `module.${service}.aws_ecs_task_definition.service`;
export const SERVICE = (service: string) => `module.${service}.aws_ecs_service.service`;
export const DEFINITIONS = 'container_definitions';
