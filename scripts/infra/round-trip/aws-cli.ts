import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Env } from '../../../shared/config/env-reader.ts';
import { run } from '../run.ts';
import { ROOT, toolPath } from '../tools.ts';

const TIMEOUT_MS = 120_000;

/** AWS's command line and the project's own scripts around it, as an operator would run them. */
export class AwsCli {
  readonly #env: Env;
  readonly #folder: string;

  constructor(env: Env, folder: string) {
    this.#env = { ...env, PATH: toolPath(env) };
    this.#folder = folder;
  }

  async json<T>(...args: string[]): Promise<T> {
    const { output } = await run('aws', [...args, '--output', 'json'], this.#options());
    return JSON.parse(output) as T;
  }

  /** Runs one of the project's scripts, named from `scripts/` on; resolves with what it says. */
  async script(name: string, ...args: string[]): Promise<string> {
    return (await run(join(ROOT, 'scripts', name), args, this.#options())).output;
  }

  /** Runs `npm run ops --` with these words on one environment; resolves with its report. */
  async ops<T>(environment: string, ...words: string[]): Promise<T> {
    const where = ['--environment', environment, '--terraform', join(this.#folder, 'terraform'), '--json'];
    const args = [join(ROOT, 'scripts/ops/main.ts'), ...words, ...where];
    // 3 says that something needs attention: the report tells what.
    const { output } = await run(process.execPath, args, { ...this.#options(), accept: [0, 3] });
    return JSON.parse(output) as T;
  }

  async putSecret(environment: string, name: string, value: string): Promise<void> {
    const file = join(this.#folder, 'value');
    await writeFile(file, `${value}\n`, { mode: 0o600 });
    const script = join(ROOT, 'scripts/infra/put-secret.sh');
    await run('bash', ['-c', '"$0" "$1" "$2" < "$3"', script, environment, name, file], this.#options());
  }

  async secretValue(arn: string): Promise<string> {
    const args = ['secretsmanager', 'get-secret-value', '--secret-id', arn];
    return (await this.json<{ SecretString: string }>(...args)).SecretString;
  }

  #options() {
    return { cwd: this.#folder, env: this.#env, timeoutMs: TIMEOUT_MS };
  }
}
