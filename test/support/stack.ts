import { childEnvs } from '../../local/child-env.ts';
import type { EmbeddedAws } from '../../local/emulators/embedded-aws.ts';
import { type FakeProviders, startFakeProviders } from '../../local/fake-providers/server.ts';
import { findFreePort } from '../../local/free-port.ts';
import { derivePanel } from '../../local/panel.ts';
import { type Env, EnvReader } from '../../shared/config/env-reader.ts';
import { ApiClient } from './api-client.ts';
import { Child } from './child.ts';
import { startAws } from './start-aws.ts';

/**
 * The whole system over loopback: fake providers here, and emulators unless the environment names others, api and
 * workers in processes of their own.
 */
export class Stack {
  readonly aws: EmbeddedAws;
  readonly providers: FakeProviders;
  readonly client: ApiClient;
  readonly #workerEnv: Env;
  readonly #children: Child[] = [];

  private constructor(aws: EmbeddedAws, providers: FakeProviders, address: string, workerEnv: Env) {
    this.aws = aws;
    this.providers = providers;
    this.client = new ApiClient(address);
    this.#workerEnv = workerEnv;
  }

  static async start(settings: Env = {}): Promise<Stack> {
    const providers = await startFakeProviders();
    const aws = await startAws(process.env);
    const env: Env = {
      OPENAI_API_KEY: 'sk-test',
      OPENAI_BASE_URL: providers.baseUrl('openai'),
      GEMINI_API_KEY: 'test',
      GEMINI_BASE_URL: providers.baseUrl('gemini'),
      HF_TOKEN: 'hf_test',
      HF_BASE_URL: providers.baseUrl('hf'),
      ...settings,
    };
    const port = await findFreePort();
    const envs = childEnvs(env, { aws: aws.aws, panel: derivePanel(new EnvReader(env)), port });
    const stack = new Stack(aws, providers, `http://127.0.0.1:${port}`, envs.worker);
    stack.#children.push(new Child('api/main.ts', envs.api));
    await stack.#apiReady();
    return stack;
  }

  worker(settings: Env = {}): Child {
    const child = new Child('worker/main.ts', { ...this.#workerEnv, ...settings });
    this.#children.push(child);
    return child;
  }

  /** Waits, unless a service dies unasked: then it rejects with what that service wrote. */
  async meet<T>(awaited: Promise<T>): Promise<T> {
    return Promise.race([awaited, ...this.#children.map(({ died }) => died)]);
  }

  /** What the services wrote: for a test that fails. */
  get output(): string {
    return this.#children.map(({ output }) => output).join('\n');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#children.map((child) => child.end('SIGTERM')));
    await Promise.all([this.aws.close(), this.providers.close()]);
  }

  /** A refused connection is the only news of a process that is not there yet. */
  async #apiReady(): Promise<void> {
    for (let attempt = 0; attempt < 400; attempt += 1) {
      const ready = await fetch(`${this.client.address}/ready`).then(
        ({ ok }) => ok,
        () => false,
      );
      if (ready) return;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error(`the API did not become ready:\n${this.output}`);
  }
}
