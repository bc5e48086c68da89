import { randomUUID } from 'node:crypto';
import type { Clock, Random } from '../../ports/clock.ts';

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  nextTurn: () => new Promise((resolve) => setImmediate(resolve)),
  // Not the one of node:timers/promises: that makes an error with a stack for each sleep that is called off.
  sleep(ms, signal) {
    if (signal?.aborted) return Promise.reject(signal.reason);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', wake);
      resolve();
    }, ms);
    const wake = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    signal?.addEventListener('abort', wake, { once: true });
    return promise;
  },
  after(ms, fire) {
    const timer = setTimeout(fire, ms);
    return () => clearTimeout(timer);
  },
};

export const systemRandom: Random = {
  float: () => Math.random(),
  // Of 122 random bits, which Node draws for many ids at once: a draw for each would be a good part of a poll.
  id: () => randomUUID().replaceAll('-', ''),
};
