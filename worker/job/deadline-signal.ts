import type { Clock } from '../../shared/ports/clock.ts';

/** Runs `work` with a signal that aborts at `until` (epoch milliseconds, a `TimeoutError`) or with `outer`. */
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
  const cancel = clock.after(Math.max(0, until - clock.now()), timeUp);
  try {
    return await work(own.signal);
  } finally {
    outer.removeEventListener('abort', follow);
    cancel();
  }
}
