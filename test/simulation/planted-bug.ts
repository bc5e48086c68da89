import type { MemoryStore } from '../../shared/adapters/memory/memory-store.ts';
import type { JobWrite } from '../../shared/job/job-write.ts';
import type { JobRecord } from '../../shared/job/record.ts';

/** A bug put into the world, not into the product: what the store is really told, says, or what a worker is set to. */
export interface PlantedBug {
  write?: (write: JobWrite, before: JobRecord | undefined) => JobWrite;
  store?: (store: MemoryStore) => MemoryStore;
  attemptCap?: number;
  /** Nobody who reads ends what is overdue. */
  blindReaders?: boolean;
  leakSleepers?: boolean;
}
