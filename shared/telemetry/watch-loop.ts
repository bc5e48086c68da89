import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Clock } from '../ports/clock.ts';
import type { Meters } from './meters.ts';
import type { ServiceName } from './metric-table.ts';

const RESOLUTION_MS = 20;
const LOOK_MS = 1000;

/** Observes, once a second, how late the event loop was at worst; Node's own figure holds the sampling interval too. */
export function watchLoop(meters: Meters<ServiceName>, clock: Clock): { stop(): Promise<void> } {
  const stopped = new AbortController();
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delays.enable();
  const run = async () => {
    while (!stopped.signal.aborted) {
      await clock.sleep(LOOK_MS, stopped.signal).catch(() => {});
      const seconds = Math.max(0, delays.max / 1e9 - RESOLUTION_MS / 1000);
      if (delays.count > 0)
        meters.observe('iscoolgpt_loop_delay_seconds', { service: meters.service }, seconds);
      delays.reset();
    }
    delays.disable();
  };
  const running = run();
  return {
    stop: () => {
      stopped.abort();
      return running;
    },
  };
}
