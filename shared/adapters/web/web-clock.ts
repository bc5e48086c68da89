import type { Clock, Random } from '../../ports/clock.ts';

/** Time and randomness from what browsers and Node have in common. */
export const webClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  nextTurn: () => new Promise((resolve) => setTimeout(resolve)),
  sleep(ms, signal) {
    if (signal?.aborted) return Promise.reject(signal.reason);
    return new Promise((resolve, reject) => {
      const abort = () => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', abort);
        resolve();
      }, ms);
      signal?.addEventListener('abort', abort, { once: true });
    });
  },
  after(ms, fire) {
    const timer = setTimeout(fire, ms);
    return () => clearTimeout(timer);
  },
};

export const webRandom: Random = {
  float: () => Math.random(),
  // randomUUID is missing where a page did not come over TLS.
  id: () =>
    Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join(
      '',
    ),
};
