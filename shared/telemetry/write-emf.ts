import type { Clock } from '../ports/clock.ts';
import type { Meters } from './meters.ts';
import type { ServiceName } from './metric-table.ts';

const INTERVAL_MS = 60_000;

export interface EmfOptions {
  meters: Meters<ServiceName>;
  clock: Clock;
  /** `IsCoolGPT/production`: the environment keeps one account's metrics apart. */
  namespace: string;
  /** Writes whole lines to where CloudWatch Logs reads. */
  write: (text: string) => void;
}

/** Writes the metrics of each minute to the log; `stop` writes what has happened since the last time. */
export function startEmf({ meters, clock, namespace, write }: EmfOptions): { stop(): Promise<void> } {
  meters.recordEmf();
  const stopped = new AbortController();
  const writeNow = () => {
    for (const line of meters.takeEmf(namespace, clock.now())) write(`${line}\n`);
  };
  const run = async () => {
    while (!stopped.signal.aborted) {
      await clock.sleep(INTERVAL_MS, stopped.signal).catch(() => {});
      writeNow();
    }
  };
  const running = run();
  return {
    stop: () => {
      stopped.abort();
      return running;
    },
  };
}
