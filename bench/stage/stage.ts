import { join } from 'node:path';
import { awsEnv } from '../../local/aws-env.ts';
import { provision } from '../../local/provision/provision.ts';
import type { AwsConfig } from '../../shared/config/common.ts';
import type { Env } from '../../shared/config/env-reader.ts';
import type { PanelMember } from '../../shared/job/record.ts';
import { LimitWatch } from './limit-watch.ts';
import { NodeProcess, type NodeProcessOptions } from './node-process.ts';
import {
  type BenchServer,
  type StoreKind,
  startProviderServer,
  startQueueServer,
  startStoreServer,
} from './servers.ts';

const MODEL = 'bench';

export function panelOf(providers: number): PanelMember[] {
  return Array.from({ length: providers }, (_, index) => ({ id: `provider-${index}`, model: MODEL }));
}

/** Base addresses of so many providers, all played by one server. */
export function providerUrls(server: BenchServer, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${server.address}/${index}/v1`);
}

export type OurScript = 'api/main.ts' | 'worker/main.ts';

export interface OurOptions extends NodeProcessOptions {
  /** Who plays the providers; default the stage's own. */
  provider?: BenchServer;
  /** Where bundles stand, to run one of them instead of the sources. */
  folder?: string;
}

/** The servers that ours and the peers work with, and what tells a process where they are. */
export class Stage {
  readonly queue: BenchServer;
  readonly store: BenchServer;
  readonly provider: BenchServer;
  #lanes = 0;

  private constructor(queue: BenchServer, store: BenchServer, provider: BenchServer) {
    this.queue = queue;
    this.store = store;
    this.provider = provider;
  }

  static async start(store: StoreKind): Promise<Stage> {
    return new Stage(
      ...(await Promise.all([startQueueServer(), startStoreServer(store), startProviderServer()])),
    );
  }

  /** A new queue and a new table, for one contender alone. */
  lane(): Promise<AwsConfig> {
    this.#lanes += 1;
    const name = `lane-${this.#lanes}`;
    return provision({
      sqsEndpoint: this.queue.address,
      dynamodbEndpoint: this.store.address,
      queueName: name,
      tableName: name,
    });
  }

  /** Says afterwards whether one of the servers was the limit. */
  watchLimits(): LimitWatch {
    return new LimitWatch([this.queue, this.store, this.provider]);
  }

  /** A service of ours, configured as in production: by its environment, with OpenAI-compatible endpoints. */
  ours(script: OurScript, lane: AwsConfig, providers: number, options: OurOptions = {}): NodeProcess {
    const { env, provider = this.provider, folder, ...processOptions } = options;
    const endpoints = providerUrls(provider, providers).map((base_url, index) => ({
      ...panelOf(providers)[index],
      base_url,
      api_key: 'bench',
    }));
    const path = folder === undefined ? script : join(folder, `${script.split('/')[0]}.js`);
    return new NodeProcess(path, {
      ...processOptions,
      env: {
        ...laneEnv(lane),
        APP_ENV: 'local',
        HOST: '127.0.0.1',
        METRICS_PORT: '0',
        PANEL: JSON.stringify(panelOf(providers)),
        PROVIDERS: JSON.stringify(endpoints),
        ...env,
      },
    });
  }

  peer(
    script: string,
    lane: AwsConfig,
    env: Env = {},
    options: Pick<NodeProcessOptions, 'onLine'> = {},
  ): NodeProcess {
    const urls = providerUrls(this.provider, 3).join(',');
    return new NodeProcess(script, { ...options, env: { ...laneEnv(lane), PROVIDER_URLS: urls, ...env } });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([this.queue, this.store, this.provider].map((server) => server[Symbol.asyncDispose]()));
  }
}

function laneEnv(lane: AwsConfig): Env {
  return {
    ...awsEnv(lane),
    AWS_ACCESS_KEY_ID: lane.credentials?.accessKeyId,
    AWS_SECRET_ACCESS_KEY: lane.credentials?.secretAccessKey,
  };
}
