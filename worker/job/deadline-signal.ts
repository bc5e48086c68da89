import type { Clock } from '../../shared/ports/clock.ts';

/** Made once: `abort` without a reason makes an error, with a stack, each time. */
const IN_TIME = new Error('the work ended in time');

/** Runs `work` with a signal that aborts at `until` (epoch milliseconds, a `TimeoutError`) or with `outer`. */
export async function withDeadline<T>(
  until: number,
  outer: AbortSignal,
  clock: Clock,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const timeUp = new AbortController();
  const timer = new AbortController();
  const slept = clock
    .sleep(Math.max(0, until - clock.now()), timer.signal)
    .then(() => timeUp.abort(new DOMException('the job has no time left', 'TimeoutError')))
    .catch(() => {});
  try {
    return await work(AbortSignal.any([outer, timeUp.signal]));
  } finally {
    timer.abort(IN_TIME);
    await slept;
  }
}
