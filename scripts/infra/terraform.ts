import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Env } from '../../shared/config/env-reader.ts';
import { run } from './run.ts';
import { ROOT, toolPath, writeCliConfig } from './tools.ts';

const MINUTE_MS = 60_000;
const COPIED = ['terraform', 'shared/table.json'];

export interface TerraformOptions {
  env: Env;
  /** Variables, as TF_VAR_ would name them; lists and objects in HCL or JSON. */
  variables?: Record<string, string>;
}

/** A throwaway copy of the Terraform sources, so that what a run leaves behind, or overrides, never reaches them. */
export async function copySources(folder: string): Promise<void> {
  await mkdir(join(folder, 'shared'), { recursive: true });
  const filter = (path: string) => !/\/\.terraform(\/|$)|\.tfstate|\.tfplan/.test(path);
  for (const path of COPIED) await cp(join(ROOT, path), join(folder, path), { recursive: true, filter });
}

/** Terraform in one folder of such a copy. Each method rejects with Terraform's own words. */
export class Terraform {
  readonly #folder: string;
  readonly #env: Env;

  private constructor(folder: string, env: Env) {
    this.#folder = folder;
    this.#env = env;
  }

  static async open(folder: string, { env, variables = {} }: TerraformOptions): Promise<Terraform> {
    const inputs = Object.entries(variables).map(([name, value]) => [`TF_VAR_${name}`, value]);
    return new Terraform(folder, {
      ...env,
      PATH: toolPath(env),
      TF_CLI_CONFIG_FILE: await writeCliConfig(folder, env),
      TF_IN_AUTOMATION: '1',
      ...Object.fromEntries(inputs),
    });
  }

  /** An emulator's error is no passing one: without this the provider repeats each for minutes. */
  async overrideProviders(extra = ''): Promise<void> {
    const retries = 'provider "aws" {\n  max_retries = 2\n}\n';
    await writeFile(join(this.#folder, 'retries_override.tf'), `${retries}${extra}`);
  }

  async init(...args: string[]): Promise<void> {
    await this.#run(5, ['init', '-input=false', '-no-color', '-lockfile=readonly', ...args]);
  }

  /** True where the plan in `planFile` has nothing to do. */
  async plan(planFile: string, ...args: string[]): Promise<boolean> {
    const flags = ['-input=false', '-no-color', '-detailed-exitcode', `-out=${planFile}`];
    const { code } = await this.#run(5, ['plan', ...flags, ...args], [0, 2]);
    return code === 0;
  }

  async apply(planFile: string): Promise<void> {
    await this.#run(15, ['apply', '-input=false', '-no-color', planFile]);
  }

  async destroy(...args: string[]): Promise<void> {
    await this.#run(15, ['destroy', '-input=false', '-no-color', '-auto-approve', ...args]);
  }

  /** A plan in words. */
  async describe(planFile: string): Promise<string> {
    return (await this.#run(2, ['show', '-no-color', planFile])).output;
  }

  async show(planFile: string): Promise<unknown> {
    return JSON.parse((await this.#run(2, ['show', '-json', planFile])).output);
  }

  async outputs(): Promise<Record<string, unknown>> {
    const { output } = await this.#run(1, ['output', '-json']);
    const outputs = JSON.parse(output) as Record<string, { value: unknown }>;
    return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
  }

  /** Addresses of all that the state holds. */
  async addresses(): Promise<string[]> {
    return (await this.#run(1, ['state', 'list'])).output.split('\n').filter((line) => line !== '');
  }

  #run(minutes: number, args: string[], accept?: readonly number[]) {
    const timeoutMs = minutes * MINUTE_MS;
    return run('terraform', args, {
      cwd: this.#folder,
      env: this.#env,
      timeoutMs,
      ...(accept ? { accept } : {}),
    });
  }
}
