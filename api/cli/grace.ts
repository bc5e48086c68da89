import type { Clock } from '../../shared/ports/clock.ts';

/** Time to learn, after Ctrl-C, which job it is that has to be canceled. */
const GRACE_MS = 2000;

/** A signal that follows another one after `GRACE_MS`; `end` lets go of it. */
export function afterGrace(interrupted: AbortSignal, clock: Clock): { signal: AbortSignal; end: () => void } {
  const givenUp = new AbortController();
  const ended = new AbortController();
  const follow = () => {
    void clock.sleep(GRACE_MS, ended.signal).then(
      () => givenUp.abort(interrupted.reason),
      () => {},
    );
  };
  interrupted.addEventListener('abort', follow, { once: true, signal: ended.signal });
  return { signal: givenUp.signal, end: () => ended.abort() };
}
