import type { AppEnv, TelemetryConfig } from '../config/common.ts';
import type { Clock } from '../ports/clock.ts';
import type { Meters } from './meters.ts';
import type { ServiceName } from './metric-table.ts';
import { watchLoop } from './watch-loop.ts';
import { startEmf } from './write-emf.ts';

export interface ReportingOptions {
  appEnv: AppEnv;
  telemetry: TelemetryConfig;
  clock: Clock;
  /** Writes whole lines to where CloudWatch Logs reads. */
  write: (text: string) => void;
}

/** Watches the process itself, and reports to CloudWatch where that is configured; `stop` reports what is left. */
export function startReporting(
  meters: Meters<ServiceName>,
  { appEnv, telemetry, clock, write }: ReportingOptions,
): { stop(): Promise<void> } {
  meters.watchProcess();
  const loop = watchLoop(meters, clock);
  const namespace = `IsCoolGPT/${appEnv}`;
  const emf = telemetry.emf ? startEmf({ meters, clock, namespace, write }) : undefined;
  return {
    stop: async () => {
      await loop.stop();
      await emf?.stop();
    },
  };
}
