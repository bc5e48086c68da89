export type Json = string | number | boolean | null | undefined | Json[] | { [key: string]: Json };

export interface PlannedResource {
  address: string;
  mode: string;
  type: string;
  values: Record<string, Json>;
}

export interface PlannedModule {
  resources?: PlannedResource[];
  child_modules?: PlannedModule[];
}

/** What `terraform show -json` prints of a plan that has nothing to do: every value in it is known. */
export interface ShownPlan {
  planned_values: { root_module: PlannedModule };
  prior_state?: { values: { root_module: PlannedModule } };
}

/** One resource or data source with its values. */
export class Resource {
  readonly address: string;
  readonly type: string;
  readonly values: Record<string, Json>;

  constructor({ address, type, values }: PlannedResource) {
    this.address = address;
    this.type = type;
    this.values = values;
  }

  /** The module it stands in: `api`, `worker`, or empty. */
  get service(): string {
    return /^module\.(\w+)\./.exec(this.address)?.[1] ?? '';
  }

  /** The text at `name`; empty where there is none. */
  text(name: string): string {
    const value = this.values[name];
    return value === undefined || value === null ? '' : String(value);
  }

  number(name: string): number {
    return Number(this.values[name] ?? Number.NaN);
  }

  /** A list of texts at `name`; a set is a list too. */
  texts(name: string): string[] {
    const value = this.values[name];
    return Array.isArray(value) ? value.map(String) : [];
  }

  /** The blocks at `name`. */
  blocks(name: string): Record<string, Json>[] {
    const value = this.values[name];
    return Array.isArray(value) ? (value as Record<string, Json>[]) : [];
  }

  block(name: string): Record<string, Json> {
    return this.blocks(name)[0] ?? {};
  }
}

function resourcesOf(module: PlannedModule | undefined): Resource[] {
  const own = (module?.resources ?? []).map((resource) => new Resource(resource));
  return [...own, ...(module?.child_modules ?? []).flatMap(resourcesOf)];
}

/** All resources of one environment, to look things up in. */
export class Stack {
  readonly resources: readonly Resource[];

  /** Data sources stand in the prior state only. */
  constructor(plan: ShownPlan) {
    const managed = resourcesOf(plan.planned_values.root_module);
    const known = new Set(managed.map(({ address }) => address));
    const read = resourcesOf(plan.prior_state?.values.root_module);
    this.resources = [...managed, ...read.filter(({ address }) => isData(address) && !known.has(address))];
  }

  all(type: string, where: (resource: Resource) => boolean = () => true): Resource[] {
    return this.resources.filter((one) => one.type === type && !isData(one.address) && where(one));
  }

  data(type: string): Resource[] {
    return this.resources.filter((one) => one.type === type && isData(one.address));
  }

  single(type: string, where?: (resource: Resource) => boolean): Resource {
    const found = this.all(type, where);
    const [first] = found;
    if (!first || found.length > 1)
      throw new Error(`${found.length} resources of the type ${type} fit, not one`);
    return first;
  }

  get environment(): string {
    return this.single('aws_ecs_cluster').text('name').replace('iscoolgpt-', '');
  }
}

function isData(address: string): boolean {
  return /(^|\.)data\./.test(address);
}
