import { join } from 'node:path';
import { findFreePort } from '../../local/free-port.ts';
import { systemClock } from '../../shared/adapters/system/system-clock.ts';
import type { AwsConfig } from '../../shared/config/common.ts';
import { awaitReady, driveHttp, type LoadOptions } from './http-load.ts';
import type { NodeProcess, NodeProcessOptions } from './node-process.ts';
import type { Stage } from './stage.ts';

export interface ApiRun {
  cpuMsPerRequest: number;
  latenciesMs: number[];
  wallMs: number;
}

/** A contender that serves HTTP: ours, or a peer. */
export interface ApiLane extends AsyncDisposable {
  name: string;
  process: NodeProcess;
  origin: string;
  run(load: Omit<LoadOptions, 'origin'>, profile?: string): Promise<ApiRun>;
}

/** No limit of the product's own may stand in a benchmark's way. */
const UNLIMITED = { RATE_PER_MINUTE: '1000000', DAILY_QUOTA: '1000000000', BACKLOG_CAP: '1000000000' };

function apiLane(name: string, process: NodeProcess, origin: string): ApiLane {
  return {
    name,
    process,
    origin,
    run: async (load, profile) => {
      if (profile) await process.ask('startProfile');
      const before = await process.usage();
      const startedAt = systemClock.monotonic();
      const latenciesMs = await process.meet(driveHttp({ origin, ...load }));
      const wallMs = systemClock.monotonic() - startedAt;
      const after = await process.usage();
      if (profile) await process.ask('stopProfile', join(profile, `${name}.cpuprofile`));
      return { cpuMsPerRequest: (after.cpuMs - before.cpuMs) / load.requests, latenciesMs, wallMs };
    },
    [Symbol.asyncDispose]: () => process[Symbol.asyncDispose](),
  };
}

export interface OurApiOptions extends Pick<NodeProcessOptions, 'v8Options'> {
  name?: string;
}

export async function startOurApi(
  stage: Stage,
  lane: AwsConfig,
  providers: number,
  { name = 'api', ...options }: OurApiOptions = {},
): Promise<ApiLane> {
  const port = await findFreePort();
  const process = stage.ours('api/main.ts', lane, providers, {
    ...options,
    env: { PORT: String(port), ...UNLIMITED },
  });
  const origin = `http://127.0.0.1:${port}`;
  await process.meet(awaitReady(`${origin}/ready`));
  return apiLane(name, process, origin);
}

export async function startPlainApi(stage: Stage, lane: AwsConfig): Promise<ApiLane> {
  const process = stage.peer('bench/peers/plain-api.ts', lane);
  return apiLane('plain SDK', process, await process.ready<string>());
}
