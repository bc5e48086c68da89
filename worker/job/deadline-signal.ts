import type { Clock } from '../../shared/ports/clock.ts';

/** Made once: `abort` without a reason makes an error, with a stack, each time. */
const IN_TIME = new Error('the work ended in time');

/**
 * Runs `work` with a signal that aborts at `until` (epoch milliseconds, a `TimeoutError`) or with `outer`. It also
 * aborts once the work has ended, which takes its timer away: no one else needs to know by then.
 */
export async function withDeadline<T>(
  until: number,
  outer: AbortSignal,
  clock: Clock,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  // AbortSignal.any would leave weak references for the garbage collector, twice as dear as all of this.
  const own = new AbortController();
  const follow = () => own.abort(outer.reason);
  if (outer.aborted) follow();
  else outer.addEventListener('abort', follow);
  const timeUp = () => own.abort(new DOMException('the job has no time left', 'TimeoutError'));
  clock.sleep(Math.max(0, until - clock.now()), own.signal).then(timeUp, () => {});
  try {
    return await work(own.signal);
  } finally {
    outer.removeEventListener('abort', follow);
    own.abort(IN_TIME);
  }
}
