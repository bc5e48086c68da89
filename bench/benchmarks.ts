import { accept } from './rows/accept.ts';
import type { Benchmark } from './rows/benchmark.ts';
import { coldStart } from './rows/cold-start.ts';
import { growth } from './rows/growth.ts';
import { memory } from './rows/memory.ts';
import { mixedLatency } from './rows/mixed-latency.ts';
import { overhead } from './rows/overhead.ts';
import { pollCpu } from './rows/poll-cpu.ts';
import { providerCall } from './rows/provider-call.ts';
import { pureParts } from './rows/pure-parts.ts';
import { requests } from './rows/requests.ts';
import { roundTrips } from './rows/round-trips.ts';
import { submitCpu } from './rows/submit-cpu.ts';
import { workerCpu } from './rows/worker-cpu.ts';

/** In the order in which they run and are shown. */
export const BENCHMARKS: readonly Benchmark[] = [
  workerCpu,
  submitCpu,
  pollCpu,
  overhead,
  roundTrips,
  mixedLatency,
  accept,
  memory,
  coldStart,
  growth,
  requests,
  providerCall,
  pureParts,
];
