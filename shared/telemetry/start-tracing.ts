import type { AppEnv, TelemetryConfig } from '../config/common.ts';
import type { Log } from '../log.ts';
import type { Clock } from '../ports/clock.ts';
import type { Meters } from './meters.ts';
import type { ServiceName } from './metric-table.ts';

export interface TracingOptions {
  meters: Meters<ServiceName>;
  appEnv: AppEnv;
  telemetry: TelemetryConfig;
  clock: Clock;
  log: Log;
}

export interface Tracing {
  /** Sends what is left, but waits for no collector longer than a second. */
  stop(): Promise<void>;
}

const NO_TRACING: Tracing = { stop: async () => {} };

/** Sends traces where a collector is configured; the SDK is not even loaded where none is. */
export async function startTracing(options: TracingOptions): Promise<Tracing> {
  const { otlpEndpoint, traceRatio } = options.telemetry;
  if (otlpEndpoint === undefined) return NO_TRACING;
  const { exportSpans } = await import('./export-spans.ts');
  return exportSpans({ ...options, otlpEndpoint, traceRatio });
}
