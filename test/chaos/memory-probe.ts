import { readdirSync } from 'node:fs';

/** What a process says of itself when it is asked for `memory`. Bytes. */
export interface MemoryAnswer {
  rss: number;
  heap_used: number;
  /** What V8 holds for the heap, used or not. */
  heap_total: number;
  /** Outside of the heap, for objects in it: buffers above all. */
  external: number;
  /** Open files and sockets; null where the system does not tell. */
  descriptors: number | null;
  /** Timers, sockets and the like that keep the event loop alive. */
  resources: number;
}

function countDescriptors(): number | null {
  try {
    return readdirSync('/proc/self/fd').length;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

// Loaded into a service by --import, so that the service itself knows nothing of being measured.
process.on('message', (message) => {
  if (message !== 'memory') return;
  globalThis.gc?.();
  const { rss, heapUsed, heapTotal, external } = process.memoryUsage();
  const answer: MemoryAnswer = {
    rss,
    heap_used: heapUsed,
    heap_total: heapTotal,
    external,
    descriptors: countDescriptors(),
    resources: process.getActiveResourcesInfo().length,
  };
  process.send?.(answer);
});
