import { createWriteStream, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import { childEnvs } from '../../local/child-env.ts';
import { LOOPBACK } from '../../local/emulators/emulator.ts';
import { findFreePort } from '../../local/free-port.ts';
import { derivePanel } from '../../local/panel.ts';
import { provision } from '../../local/provision/provision.ts';
import { createDynamoStore } from '../../shared/adapters/dynamo/dynamo-store.ts';
import { systemClock } from '../../shared/adapters/system/system-clock.ts';
import type { AwsConfig } from '../../shared/config/common.ts';
import { type Env, EnvReader } from '../../shared/config/env-reader.ts';
import type { Store } from '../../shared/ports/store.ts';
import { type ChaosProvider, type ChaosProviderOptions, startChaosProvider } from './chaos-provider.ts';
import type { Checkpoint } from './emulators/checkpoint-tap.ts';
import { FaultProxy } from './fault-proxy.ts';
import type { Profile } from './profile.ts';
import { ServiceProcess } from './service-process.ts';
import type { TableKind } from './table-kind.ts';

export type Peer = 'sqs' | 'table' | 'provider';

/** The API or a worker, with a proxy on each of its links. */
export interface Service {
  name: string;
  process: ServiceProcess;
  links: Partial<Record<Peer, FaultProxy>>;
}

export interface WorkerService extends Service {
  /** By which it owns jobs; another one after each start. */
  ownerId: string | undefined;
}

export interface WorldOptions {
  profile: Profile;
  table: TableKind;
  /** Where the table lives. */
  dataDir: string;
  answer: ChaosProviderOptions['answer'];
  onCheckpoint: (checkpoint: Checkpoint) => void;
  /** Where each process's output goes, in a file of its name; without it only the last lines are kept. */
  logDir?: string | undefined;
}

const EMULATORS = 'test/chaos/emulators/main.ts';
const PROBE = join(import.meta.dirname, 'memory-probe.ts');

/** Keys that the providers' wires ask for. */
const KEYS: Env = { OPENAI_API_KEY: 'sk-chaos', GEMINI_API_KEY: 'chaos', HF_TOKEN: 'hf_chaos' };

function settingsOf(profile: Profile): Env {
  return {
    LOG_LEVEL: 'info',
    VISIBILITY_SECONDS: String(profile.visibilitySeconds),
    CLAIM_CAP: String(profile.claimCap),
    WORKER_CONCURRENCY: String(profile.concurrency),
    STRAGGLER_GRACE_MS: '500',
    RATE_PER_MINUTE: '1000000',
    DAILY_QUOTA: '1000000000',
    SWEEP_SECONDS: '2',
    DRAIN_SECONDS: '2',
    // A job that kills its workers is to be stopped by the cap of claims, not before that by this one.
    ATTEMPT_CAP: '6',
  };
}

/** The whole system in processes of its own: emulators that outlive the services, and a proxy on every link. */
export class World {
  readonly profile: Profile;
  readonly address: string;
  readonly sqs: ServiceProcess;
  readonly table: ServiceProcess;
  readonly workers: WorkerService[] = [];
  /** The table, past all proxies. */
  readonly store: Store;
  readonly #providers: ChaosProvider[] = [];
  readonly #logs: WriteStream[] = [];
  readonly #aws: AwsConfig;
  readonly #apiPort: number;
  readonly #options: WorldOptions;
  #api: Service | undefined;

  private constructor(
    options: WorldOptions,
    emulators: { sqs: ServiceProcess; table: ServiceProcess; aws: AwsConfig },
    apiPort: number,
  ) {
    this.profile = options.profile;
    this.sqs = emulators.sqs;
    this.table = emulators.table;
    this.#options = options;
    this.#aws = emulators.aws;
    this.#apiPort = apiPort;
    this.address = `http://${LOOPBACK}:${apiPort}`;
    this.store = createDynamoStore({ aws: emulators.aws, clock: systemClock });
  }

  static async start(options: WorldOptions): Promise<World> {
    const [sqsPort, tablePort, apiPort] = [await findFreePort(), await findFreePort(), await findFreePort()];
    const sqs = new ServiceProcess({ name: 'sqs', args: [EMULATORS, 'sqs', String(sqsPort)], env: {} });
    const table = new ServiceProcess(
      { name: 'table', args: [EMULATORS, options.table, String(tablePort), options.dataDir], env: {} },
      { message: (message) => message !== 'listening' && options.onCheckpoint(message as Checkpoint) },
    );
    await Promise.all([sqs.startUntil('listening'), table.startUntil('listening')]);
    const aws = await provision({
      sqsEndpoint: `http://${LOOPBACK}:${sqsPort}`,
      dynamodbEndpoint: `http://${LOOPBACK}:${tablePort}`,
    });
    const world = new World(options, { sqs, table, aws }, apiPort);
    try {
      await world.#startServices();
    } catch (error) {
      await world.close();
      throw error;
    }
    return world;
  }

  get api(): Service {
    if (!this.#api) throw new Error('the API is not there yet');
    return this.#api;
  }

  /** All services, the API first. */
  get services(): Service[] {
    return this.#api ? [this.#api, ...this.workers] : [];
  }

  /** Starts the queue again, empty, with its queues in place. */
  async startSqs(): Promise<void> {
    await this.sqs.startUntil('listening');
    await provision({
      sqsEndpoint: this.#aws.sqsEndpoint as string,
      dynamodbEndpoint: this.#aws.dynamodbEndpoint as string,
    });
  }

  async close(): Promise<void> {
    await Promise.all(this.services.map(({ process }) => process.end('SIGTERM', 5000)));
    await this.store.close();
    await Promise.all([
      ...this.services.flatMap(({ links }) => Object.values(links).map((proxy) => proxy.close())),
      ...this.#providers.map((provider) => provider.close()),
      this.sqs.end('SIGKILL'),
      this.table.end('SIGKILL'),
    ]);
    for (const log of this.#logs) log.end();
  }

  async #startServices(): Promise<void> {
    this.#api = await this.#createApi();
    for (let index = 0; index < this.profile.workers; index += 1)
      this.workers.push(await this.#createWorker(index));
    for (const { process } of this.services) process.start();
    await this.#untilReady();
  }

  /** Ready is who answers; a refused connection is the only news of a process that is not there yet. */
  async #untilReady(): Promise<void> {
    for (let attempt = 0; attempt < 600; attempt += 1) {
      const ready = await fetch(`${this.address}/ready`).then(
        ({ ok }) => ok,
        () => false,
      );
      if (ready && this.workers.every(({ ownerId }) => ownerId)) return;
      await systemClock.sleep(50);
    }
    const said = this.services.map(
      ({ name, process }) => `${name}:\n${process.lastLines.slice(-20).join('\n')}`,
    );
    throw new Error(`the services did not become ready:\n${said.join('\n')}`);
  }

  async #createApi(): Promise<Service> {
    const links = await this.#awsLinks();
    const { api: env } = this.#envs(links, {});
    const command = { name: 'api', args: ['api/main.ts'], nodeArgs: ['--expose-gc', '--import', PROBE], env };
    return { name: 'api', links, process: new ServiceProcess(command, { line: this.#logOf('api') }) };
  }

  async #createWorker(index: number): Promise<WorkerService> {
    const name = `worker-${index + 1}`;
    const provider = await startChaosProvider({ worker: name, answer: this.#options.answer });
    this.#providers.push(provider);
    const links = { ...(await this.#awsLinks()), provider: await FaultProxy.start(provider.port) };
    const { worker: env } = this.#envs(links, {
      OPENAI_BASE_URL: `${links.provider.endpoint}/openai/v1`,
      GEMINI_BASE_URL: `${links.provider.endpoint}/gemini`,
      HF_BASE_URL: `${links.provider.endpoint}/hf/v1`,
    });
    const command = {
      name,
      args: ['worker/main.ts'],
      nodeArgs: ['--expose-gc', '--import', PROBE],
      // The first sweep of a worker that is started again must not hide what the others' sweepers do.
      env: { ...env, EMBEDDED_START: '0' },
    };
    const log = this.#logOf(name);
    const hear = (line: string) => {
      log(line);
      if (!line.includes('"worker started"')) return;
      worker.ownerId = (JSON.parse(line) as { worker_id: string }).worker_id;
    };
    const worker: WorkerService = {
      name,
      links,
      ownerId: undefined,
      process: new ServiceProcess(command, { line: hear }),
    };
    return worker;
  }

  #logOf(name: string): (line: string) => void {
    const { logDir } = this.#options;
    if (logDir === undefined) return () => {};
    const file = createWriteStream(join(logDir, `${name}.log`));
    this.#logs.push(file);
    return (line) => void file.write(`${line}\n`);
  }

  async #awsLinks(): Promise<{ sqs: FaultProxy; table: FaultProxy }> {
    const portOf = (endpoint: string | undefined) => Number(new URL(endpoint as string).port);
    return {
      sqs: await FaultProxy.start(portOf(this.#aws.sqsEndpoint)),
      table: await FaultProxy.start(portOf(this.#aws.dynamodbEndpoint)),
    };
  }

  #envs(links: { sqs: FaultProxy; table: FaultProxy }, more: Env) {
    const env: Env = { ...KEYS, ...settingsOf(this.profile), ...more };
    const aws = { ...this.#aws, sqsEndpoint: links.sqs.endpoint, dynamodbEndpoint: links.table.endpoint };
    return childEnvs(env, { aws, panel: derivePanel(new EnvReader(env)), port: this.#apiPort });
  }
}
