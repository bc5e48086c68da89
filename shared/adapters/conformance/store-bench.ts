import type { Store } from '../../ports/store.ts';
import type { VirtualClock } from '../memory/virtual-clock.ts';

/** What each case works with; filled before the first one runs. */
export interface StoreBench {
  store: Store;
  clock: VirtualClock;
}
