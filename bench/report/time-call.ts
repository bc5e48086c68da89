import { type Sample, sampleOf } from './sample.ts';

const BATCHES = 7;
const BATCH_MS = 30;

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function timeBatch(call: () => unknown, calls: number): number {
  const before = cpuMs();
  for (let one = 0; one < calls; one += 1) call();
  return (cpuMs() - before) / calls;
}

/** CPU milliseconds of one call, over batches long enough for the clock, after a warm one. */
export function timeCall(call: () => unknown, batches: number = BATCHES): Sample {
  let calls = 1;
  while (timeBatch(call, calls) * calls < BATCH_MS) calls *= 2;
  return sampleOf(Array.from({ length: batches }, () => timeBatch(call, calls)));
}
