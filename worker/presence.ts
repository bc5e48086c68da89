import type { Presence, ProviderStatus } from '../shared/job/presence.ts';
import type { Clock } from '../shared/ports/clock.ts';
import type { Store } from '../shared/ports/store.ts';

export interface PresenceDeps {
  store: Store;
  clock: Clock;
  workerId: string;
  visibilitySeconds: number;
  jobs: () => string[];
  slots: () => Presence['slots'];
  providers: () => ProviderStatus[];
}

/** Makes this worker's sign of life. `seen_at` is taken together with the jobs it lists: a claim is later or it is listed. */
export function createAnnounce(deps: PresenceDeps): () => Promise<void> {
  const startedAt = deps.clock.now();
  return () => {
    const seenAt = deps.clock.now();
    return deps.store.putPresence({
      id: deps.workerId,
      started_at: startedAt,
      seen_at: seenAt,
      expires_at: Math.ceil(seenAt / 1000) + 10 * deps.visibilitySeconds,
      jobs: deps.jobs(),
      slots: deps.slots(),
      providers: deps.providers(),
    });
  };
}
