/**
 * The wall time of jobs that start in order, each as soon as one of `slots` is free, with no overhead at all
 * (Graham's list scheduling): what a consumer that never waits for a batch comes close to.
 */
export function idealWallMs(latenciesMs: readonly number[], slots: number): number {
  const freeAt = new Array<number>(slots).fill(0);
  for (const latencyMs of latenciesMs) {
    const first = freeAt.indexOf(Math.min(...freeAt));
    freeAt[first] = (freeAt[first] ?? 0) + latencyMs;
  }
  return Math.max(...freeAt);
}
