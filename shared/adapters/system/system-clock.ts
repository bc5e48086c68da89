import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Clock, Random } from '../../ports/clock.ts';

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  async sleep(ms, signal) {
    try {
      await wait(ms, undefined, { signal });
    } catch (error) {
      // Node rejects with an AbortError of its own; the reason that the caller gave says more.
      throw signal?.aborted ? signal.reason : error;
    }
  },
};

export const systemRandom: Random = {
  float: () => Math.random(),
  id: () => randomBytes(16).toString('hex'),
};
